using Voice.Gateway;
using Voice.Gateway.Audit;
using Voice.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddDatabase("identity");
builder.AddCache(essential: false);
builder.AddGatewayIdentity();
builder.AddGatewayProxy();

var app = builder.Build();
if (AuditCommand.IsAsked(args))
{
    return await AuditCommand.RunAsync(app.Services, args, Console.Out, CancellationToken.None);
}

app.UseGateway();
app.MapGateway();
app.Run();
return 0;

public partial class Program;
