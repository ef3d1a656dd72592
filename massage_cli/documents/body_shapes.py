"""The shapes of the body map: simple outlines, 160 wide and 400 high, with the middle of the body at 80.

Paired regions and sites are drawn once, on the left of the picture, and mirrored for the other half. `mark` is where the
number or letter stands, beside a shape that it would cover.
"""

from massage_cli.knowledge.value import Value

WIDTH, HEIGHT = 160, 400
FRONT, BACK = "front", "back"


class Shape(Value, frozen=True, kw_only=True):
    """One outline on one view."""

    path: str
    mark: tuple[float, float]


def _dot(x: float, y: float, radius: float = 9) -> Shape:
    across = 2 * radius
    path = f"M{x - radius:g} {y:g} a{radius:g} {radius:g} 0 1 0 {across:g} 0 a{radius:g} {radius:g} 0 1 0 -{across:g} 0 Z"
    return Shape(path=path, mark=(x, y))


_NECK = Shape(path="M70 42 L70 57 C69 61 66 63 61 65 L99 65 C94 63 91 61 90 57 L90 42 Z", mark=(80, 57))
_SHOULDER = Shape(path="M61 65 C48 68 34 69 29 84 C27 91 27 95 27 101 L46 103 L53 84 Z", mark=(41, 83))
_UPPER_ARM = Shape(path="M27 101 L46 103 L41 137 L23 134 Z", mark=(34, 119))
_ELBOW = Shape(path="M23 134 L41 137 L37 156 L19 152 Z", mark=(30, 145))
_FOREARM = Shape(path="M19 152 L37 156 L27 194 L13 191 Z", mark=(24, 173))
_HAND = Shape(path="M13 191 L27 194 C30 202 29 215 23 224 C19 229 11 227 9 220 C7 210 9 199 13 191 Z", mark=(18, 208))
_HIP = Shape(path="M48 172 L80 172 L80 212 C68 206 54 207 43 213 C43 197 44 185 48 172 Z", mark=(60, 191))
_THIGH = Shape(path="M43 213 C54 207 68 206 79 212 L77 244 L72 280 L49 280 C45 258 42 236 43 213 Z", mark=(60, 244))
_KNEE = Shape(path="M49 280 L72 280 L71 304 L50 304 Z", mark=(60.5, 292))
_LOWER_LEG = Shape(path="M50 304 L71 304 C74 320 71 342 67 361 L53 361 C48 342 46 320 50 304 Z", mark=(60, 332))
_ANKLE = Shape(path="M53 361 L67 361 L67 376 L53 376 Z", mark=(42, 363))
_FOOT = Shape(path="M53 376 L67 376 C69 385 69 392 66 396 L46 396 C40 394 43 387 53 376 Z", mark=(58, 388))

_LIMBS = {
    "neck": _NECK,
    "shoulder": _SHOULDER,
    "upper-arm": _UPPER_ARM,
    "elbow": _ELBOW,
    "forearm": _FOREARM,
    "hand": _HAND,
    "hip": _HIP,
    "thigh": _THIGH,
    "knee": _KNEE,
    "lower-leg": _LOWER_LEG,
    "ankle": _ANKLE,
    "foot": _FOOT,
}
_UPPER_BODY = "M61 65 L99 65 L107 84 L114 103 L112 {low} L48 {low} L46 103 L53 84 Z"
_LOWER_BODY = "M48 {high} L112 {high} C110 145 110 160 112 172 L48 172 C50 160 50 145 48 {high} Z"

REGIONS: dict[str, dict[str, Shape]] = {
    FRONT: {
        **_LIMBS,
        "head": Shape(path="M63 29 C60 -2 100 -2 97 29 Z", mark=(80, 17)),
        "jaw": Shape(path="M63 29 L97 29 C97 41 89 50 80 50 C71 50 63 41 63 29 Z", mark=(80, 39)),
        "chest": Shape(path=_UPPER_BODY.format(low=128), mark=(80, 98)),
        "abdomen": Shape(path=_LOWER_BODY.format(high=128), mark=(80, 150)),
    },
    BACK: {
        **_LIMBS,
        "head": Shape(path="M63 27 C60 -2 100 -2 97 27 C97 40 89 49 80 49 C71 49 63 40 63 27 Z", mark=(80, 26)),
        "upper-back": Shape(path=_UPPER_BODY.format(low=134), mark=(80, 100)),
        "lower-back": Shape(path=_LOWER_BODY.format(high=134), mark=(80, 153)),
    },
}
"""The regions on each view, lowest first: what is drawn later lies on top."""

SITES: dict[str, dict[str, tuple[Shape, ...]]] = {
    FRONT: {
        "eye": (_dot(71, 30, 7), _dot(89, 30, 7)),
        "throat": (_dot(80, 58),),
        "armpit": (_dot(48, 103), _dot(112, 103)),
        "elbow-crease": (_dot(30, 145), _dot(130, 145)),
        "breastbone-tip": (_dot(80, 122),),
        "groin": (_dot(67, 207), _dot(93, 207)),
    },
    BACK: {
        "kidney": (_dot(62, 142), _dot(98, 142)),
        "knee-crease": (_dot(60.5, 292), _dot(99.5, 292)),
    },
}
"""The sites, both sides of each where it has two."""
