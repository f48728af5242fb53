namespace Voice.Web.Platform;

public enum ServiceOutcome
{
    Found,
    NotFound,
    Unavailable,
}
