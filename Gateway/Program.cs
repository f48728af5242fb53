using Voice.Gateway;
using Voice.Gateway.ApiDocument;
using Voice.Gateway.Limits;
using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Identity;
using Voice.ServiceDefaults.Identity.Keys;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults(trusted: []);
builder.AddDatabase("identity");
builder.AddSigningKeys("identity", KeySchedule.Internal, KeySchedule.Access);
builder.AddIdentityTokens();
builder.AddCache(essential: false);
builder.AddGatewayIdentity();
builder.AddLimits();
builder.AddGatewayProxy();
builder.AddPlatformDocument();

var app = builder.Build();
if (await GatewayCommands.RunAsync(app, args) is { } exitCode)
{
    return exitCode;
}

app.UseGateway();
app.MapGateway();
app.Run();
return 0;

public partial class Program;
