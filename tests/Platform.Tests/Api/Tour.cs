using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Platform.Tests.Api;

/// <summary>Each operation once with its example, as somebody who may and on something that is there.</summary>
internal sealed class Tour
{
    /// <summary>Operations whose example is refused here, in the way that the document says, and why; their own tests see them succeed.</summary>
    public static readonly Dictionary<string, string> Refused = new()
    {
        ["SignIn"] = "the example is nobody's password",
        ["SignInSecondFactor"] = "takes a challenge",
        ["SignUp"] = "the example's password is everybody's",
        ["CreateTokensByPassword"] = "the example is nobody's password",
        ["VerifySignUp"] = "takes the token of a mail",
        ["ResetPassword"] = "takes the token of a mail",
        ["PreviewInvitation"] = "takes the token of a mail",
        ["AcceptInvitation"] = "takes the token of a mail",
        ["RefreshTokens"] = "takes a refresh token",
        ["ConfirmSecondFactor"] = "takes a code of the secret",
        ["RemoveSecondFactor"] = "there is none",
        ["RenewRecoveryCodes"] = "there is none",
        ["ChangePassword"] = "the example is nobody's password",
        ["ConfirmIdentity"] = "the example is nobody's password",
        ["SwitchOrganization"] = "the example is not one's own",
        ["LeaveOrganization"] = "the last owner stays",
        ["GetMail"] = "only the installation's owner reads mails",
        ["ListMails"] = "only the installation's owner reads mails",
        ["GetRecordingContent"] = "takes a signature",
        ["LinkProvider"] = "no provider is configured",
        ["UnlinkProvider"] = "no provider leads into the account",
        ["ListExports"] = "nothing was made of the session",
        ["ListInterventions"] = "nothing was found in the session",
        ["CreateClientSecret"] = "the example's agent is not the organization's",
        ["GetRecording"] = "the session has none",
        ["GetTranscript"] = "the session has none",
        ["GetSessionLog"] = "the session has none",
        ["ReplaySession"] = "the session has no log",
        ["CreateTranscriptionJob"] = "the example's upload is not the organization's",
        ["GetTranscriptionJobResult"] = "the job has none",
        ["CancelPipelineRun"] = "the run is over",
        ["GetPipelineFile"] = "the file has no content",
        ["CreateTranscription"] = "the example's audio is no audio",
        ["CreateAudioTranslation"] = "the example's audio is no audio",
    };

    private readonly HttpClient _owner;
    private readonly HttpClient _nobody;
    private readonly Dictionary<string, string> _ids;

    private Tour(HttpClient owner, HttpClient nobody, Dictionary<string, string> ids) => (_owner, _nobody, _ids) = (owner, nobody, ids);

    /// <summary>What takes something away comes last, and what changes the owner's own standing at the very end.</summary>
    public static int TurnOf(ApiOperation operation) => operation.Id is "SignOut" ? 4 : operation.Id is "CreateOrganization" or "ChangeOrganization" ? 3 : operation.Id is "RevokeSignIns" or "LeaveOrganization" ? 2 : operation.Method is "DELETE" ? 1 : 0;

    public static async Task<Tour> BeginAsync(PlatformFixture platform, Tenants tenants, string organization, IPAddress address)
    {
        var things = await tenants.AddThingsAsync(organization);
        var owner = await tenants.SignInAsync(things.Owner, address);
        using var other = await tenants.SignInAsync(things.Owner, address);
        using var signIns = await owner.GetAsync("/api/v1/auth/sessions").OrTimeout();
        var list = (await signIns.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").EnumerateArray();
        things.Ids["/api/v1/auth/sessions/"] = list.First(one => !one.GetProperty("current").GetBoolean()).GetProperty("id").GetString()!;
        things.Ids["/v1/models/"] = "extractive";
        things.Ids["/api/v1/voices/"] = "voice_ZW1iZWRkZWQAZXM";
        return new Tour(owner, Tenants.CreateClient(platform.Url, address), things.Ids);
    }

    public async Task<HttpResponseMessage> SendAsync(ApiOperation operation)
    {
        var open = operation.Path.IndexOf('{', StringComparison.Ordinal);
        return await WalkRequest.SendAsync(operation.IsAnonymous ? _nobody : _owner, operation, open < 0 ? "" : _ids.GetValueOrDefault(operation.Path[..open], "x"));
    }
}
