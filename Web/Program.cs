using Voice.ServiceDefaults;
using Voice.ServiceDefaults.Identity;
using Voice.Web;
using Voice.Web.Components;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddPlatformClients();
builder.AddPages();

var app = builder.Build();
app.UseServiceDefaults();
app.UseAntiforgery();
app.MapDefaultEndpoints();
app.MapStaticAssets().AllowAnonymous();
app.MapRazorComponents<App>().RequireKnown();
app.Run();

public partial class Program;
