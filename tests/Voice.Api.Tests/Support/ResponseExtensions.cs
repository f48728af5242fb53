using System.Net.Http.Json;
using System.Text.Json;

namespace Voice.Api.Tests.Support;

internal static class ResponseExtensions
{
    /// <summary>The stable code of a problem.</summary>
    public static async Task<string?> CodeAsync(this HttpResponseMessage response)
    {
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>().OrTimeout();
        return problem.GetProperty("code").GetString();
    }
}
