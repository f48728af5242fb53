using Npgsql;
using Voice.Gateway.Accounts;
using Voice.Gateway.Audit;
using Voice.Gateway.Authentication;
using Voice.Gateway.Security.Cors;

namespace Voice.Gateway.Organizations;

internal sealed record OrganizationServices(NpgsqlDataSource Database, UserDirectory Users, OriginDirectory Pages, FreshProof Proof, AuditTrail Audit);
