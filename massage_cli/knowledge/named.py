"""The ids that planning itself goes by; the knowledge has to hold each of them."""

OTHER_COMPLAINT = "other"
PAIN_ALL_OVER = "fibromyalgia"
MIGRAINE = "migraine"
GENERAL_CHRONIC = "generic-chronic"
INTENSIVE_CHRONIC = "generic-chronic-intensive"
PREGNANCY = "pregnancy"
PRENATAL = "prenatal"
DRAINAGE = "lymphatic-drainage"
PAIN_SCALE = "nprs"

COMPLAINTS = (OTHER_COMPLAINT, PAIN_ALL_OVER, MIGRAINE)
PROTOCOLS = (GENERAL_CHRONIC, INTENSIVE_CHRONIC)
RULES = (PREGNANCY,)
TECHNIQUES = (PRENATAL, DRAINAGE)
MEASURES = (PAIN_SCALE,)
