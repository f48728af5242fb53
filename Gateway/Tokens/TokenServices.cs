using Voice.Gateway.Accounts;
using Voice.Gateway.Audit;
using Voice.Gateway.Sessions;

namespace Voice.Gateway.Tokens;

internal sealed record TokenServices(AccessTokens Access, RefreshTokens Refresh, SignInSessions Sessions, UserDirectory Users, AuditTrail Audit);
