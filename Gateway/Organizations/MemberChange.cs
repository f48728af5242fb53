namespace Voice.Gateway.Organizations;

internal enum MemberChange
{
    Done,
    NotFound,
    NotAllowed,
    LastOwner,
}
