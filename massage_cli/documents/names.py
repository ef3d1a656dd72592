"""The names of the documents, which the command line and the makers share."""

from enum import StrEnum


class DocumentKind(StrEnum):
    """The names of the documents."""

    CALENDAR = "ics"
    CANCELLATION = "ics-cancel"
    VISITS = "csv"
    MARKDOWN = "markdown"
    JSON = "json"
    HANDOUT = "html"
    HANDOUT_PDF = "pdf"
    CLEARANCE = "clearance"
    CLEARANCE_TEXT = "clearance-text"
    REFERRAL = "referral"
    REFERRAL_TEXT = "referral-text"
    DISCHARGE = "discharge"
    DISCHARGE_TEXT = "discharge-text"
    SOAP = "soap"
    SOAP_TEXT = "soap-text"
    PLAN_OF_CARE = "plan-of-care"
    PLAN_OF_CARE_TEXT = "plan-of-care-text"
    FHIR = "fhir"
