"""The ids that planning.md itself names; the knowledge has to hold each of them."""

OTHER_COMPLAINT = "other"
PAIN_ALL_OVER = "fibromyalgia"
GENERAL_CHRONIC = "generic-chronic"
INTENSIVE_CHRONIC = "generic-chronic-intensive"
PREGNANCY = "pregnancy"
PRENATAL = "prenatal"
DRAINAGE = "lymphatic-drainage"

COMPLAINTS = (OTHER_COMPLAINT, PAIN_ALL_OVER)
PROTOCOLS = (GENERAL_CHRONIC, INTENSIVE_CHRONIC)
RULES = (PREGNANCY,)
TECHNIQUES = (PRENATAL, DRAINAGE)
