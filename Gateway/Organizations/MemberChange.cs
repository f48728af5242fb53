namespace Voice.Gateway.Organizations;

internal enum MemberChange
{
    Done,
    NotFound,
    NotAllowed,
    LastOwner,

    /// <summary>To make or unmake an owner takes a proof of who asks that is some minutes old at most.</summary>
    NotProven,
}
