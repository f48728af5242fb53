using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Voice.Api.Realtime.Wire;
using Voice.Api.Tests.Support;

namespace Voice.Api.Tests.Realtime;

public sealed class RealtimeProtocolTests(RealtimeHost host) : IClassFixture<RealtimeHost>
{
    public static TheoryData<string, string, string?> BadEvents() => new()
    {
        { "this is no json", "invalid_json", null },
        { "[1,2]", "invalid_event", null },
        { "{}", "missing_required_parameter", "type" },
        { """{"type":7}""", "invalid_value", "type" },
        { """{"type":"no.such.event"}""", "unknown_event", "type" },
        { """{"type":"input_audio_buffer.append"}""", "missing_required_parameter", "audio" },
        { """{"type":"input_audio_buffer.append","audio":"AAA"}""", "invalid_audio", "audio" },
        { """{"type":"input_audio_buffer.append","audio":"!!!!"}""", "invalid_audio", "audio" },
        { """{"type":"input_audio_buffer.append","audio":42}""", "invalid_audio", "audio" },
        { """{"type":"input_audio_buffer.append","audio":"AAAA"}""", "invalid_audio", "audio" },
        { """{"type":"input_audio_buffer.commit"}""", "input_audio_buffer_commit_empty", null },
        { """{"type":"session.update"}""", "missing_required_parameter", "session" },
        { """{"type":"session.update","session":{}}""", "missing_required_parameter", "session.type" },
        { """{"type":"session.update","session":{"type":"transcription"}}""", "invalid_value", "session.type" },
        { """{"type":"session.update","session":{"type":"realtime","temperature":0.7}}""", "unknown_parameter", "session.temperature" },
        { """{"type":"session.update","session":{"type":"realtime","output_modalities":["audio","text"]}}""", "invalid_value", "session.output_modalities" },
        { """{"type":"session.update","session":{"type":"realtime","tools":{}}}""", "invalid_value", "session.tools" },
        { """{"type":"session.update","session":{"type":"realtime","tools":[{"type":"mcp","server_label":"x"}]}}""", "not_supported", "session.tools[0].type" },
        { """{"type":"session.update","session":{"type":"realtime","tools":[{"type":"function"}]}}""", "missing_required_parameter", "session.tools[0].name" },
        { """{"type":"session.update","session":{"type":"realtime","tools":[{"type":"function","name":"f"},{"type":"function","name":"a b"}]}}""", "invalid_value", "session.tools[1].name" },
        { """{"type":"session.update","session":{"type":"realtime","tools":[{"type":"function","name":"f"},{"type":"function","name":"f"}]}}""", "invalid_value", "session.tools[1].name" },
        { """{"type":"session.update","session":{"type":"realtime","tools":[{"type":"function","name":"f","parameters":{"type":"array"}}]}}""", "invalid_value", "session.tools[0].parameters" },
        { """{"type":"session.update","session":{"type":"realtime","tools":[{"type":"function","name":"f","colour":"red"}]}}""", "unknown_parameter", "session.tools[0].colour" },
        { """{"type":"session.update","session":{"type":"realtime","tool_choice":"perhaps"}}""", "invalid_value", "session.tool_choice" },
        { """{"type":"session.update","session":{"type":"realtime","tool_choice":{"type":"function","name":"f"}}}""", "invalid_value", "session.tool_choice" },
        { """{"type":"session.update","session":{"type":"realtime","tool_choice":{"type":"mcp","server_label":"x"}}}""", "not_supported", "session.tool_choice.type" },
        { """{"type":"session.update","session":{"type":"realtime","max_output_tokens":0}}""", "invalid_value", "session.max_output_tokens" },
        { """{"type":"session.update","session":{"type":"realtime","max_output_tokens":"lots"}}""", "invalid_value", "session.max_output_tokens" },
        { """{"type":"session.update","session":{"type":"realtime","audio":{"input":{"format":{"type":"audio/opus"}}}}}""", "unsupported_audio_format", "session.audio.input.format.type" },
        { """{"type":"session.update","session":{"type":"realtime","audio":{"output":{"format":{"type":"audio/pcma","rate":16000}}}}}""", "unsupported_audio_format", "session.audio.output.format.rate" },
        { """{"type":"session.update","session":{"type":"realtime","audio":{"input":{"noise_reduction":{"type":"studio"}}}}}""", "invalid_value", "session.audio.input.noise_reduction.type" },
        { """{"type":"session.update","session":{"type":"realtime","tracing":"yes"}}""", "invalid_value", "session.tracing" },
        { """{"type":"session.update","session":{"type":"realtime","truncation":{"type":"retention_ratio","retention_ratio":2}}}""", "invalid_value", "session.truncation.retention_ratio" },
        { """{"type":"session.update","session":{"type":"realtime","reasoning":{"effort":"enormous"}}}""", "invalid_value", "session.reasoning.effort" },
        { """{"type":"session.update","session":{"type":"realtime","prompt":{"id":"pmpt_1"}}}""", "not_supported", "session.prompt" },
        { """{"type":"session.update","session":{"type":"realtime","include":["item.input_audio_transcription.logprobs"]}}""", "not_supported", "session.include" },
        { """{"type":"session.update","session":{"type":"realtime","voiceaspire":{"colour":"blue"}}}""", "unknown_parameter", "session.voiceaspire.colour" },
        { """{"type":"session.update","session":{"type":"realtime","voiceaspire":{"speculation_limit":0.5}}}""", "invalid_value", "session.voiceaspire.speculation_limit" },
        { """{"type":"session.update","session":{"type":"realtime","voiceaspire":{"interruption":true}}}""", "invalid_value", "session.voiceaspire.interruption" },
        { """{"type":"session.update","session":{"type":"realtime","voiceaspire":{"interruption":{"while_asleep":{}}}}}""", "unknown_parameter", "session.voiceaspire.interruption.while_asleep" },
        { """{"type":"session.update","session":{"type":"realtime","voiceaspire":{"interruption":{"while_speaking":{"minimum_voice_ms":50}}}}}""", "invalid_value", "session.voiceaspire.interruption.while_speaking.minimum_voice_ms" },
        { """{"type":"session.update","session":{"type":"realtime","voiceaspire":{"interruption":{"while_speaking":{"on_words":"yes"}}}}}""", "invalid_value", "session.voiceaspire.interruption.while_speaking.on_words" },
        { """{"type":"session.update","session":{"type":"realtime","voiceaspire":{"interruption":{"while_thinking":{"resume":true}}}}}""", "unknown_parameter", "session.voiceaspire.interruption.while_thinking.resume" },
        { """{"type":"session.update","session":{"type":"realtime","audio":{"input":{"format":{"type":"audio/pcm","rate":11025}}}}}""", "unsupported_audio_format", "session.audio.input.format.rate" },
        { """{"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":{"type":"magic"}}}}}""", "invalid_value", "session.audio.input.turn_detection.type" },
        { """{"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":{"type":"server_vad","threshold":3}}}}}""", "invalid_value", "session.audio.input.turn_detection.threshold" },
        { """{"type":"session.update","session":{"type":"realtime","audio":{"output":{"speed":9}}}}""", "invalid_value", "session.audio.output.speed" },
        { """{"type":"conversation.item.create"}""", "missing_required_parameter", "item" },
        { """{"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"c","output":"x"}}""", "invalid_tool_call_id", "item.call_id" },
        { """{"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"c"}}""", "missing_required_parameter", "item.output" },
        { """{"type":"conversation.item.create","item":{"type":"function_call","call_id":"c"}}""", "missing_required_parameter", "item.name" },
        { """{"type":"conversation.item.create","item":{"type":"mcp_call","name":"x"}}""", "not_supported", "item.type" },
        { """{"type":"conversation.item.create","item":{"type":"message","role":"assistant","content":[{"type":"output_audio","audio":"AAAA"}]}}""", "not_supported", "item.content[0].type" },
        { """{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_audio"}]}}""", "missing_required_parameter", "item.content[0].audio" },
        { """{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_audio","audio":"!!"}]}}""", "invalid_audio", "item.content[0].audio" },
        { """{"type":"conversation.item.create","item":{"type":"message","role":"robot","content":[]}}""", "invalid_value", "item.role" },
        { """{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_image","image_url":"x"}]}}""", "not_supported", "item.content[0].type" },
        { """{"type":"conversation.item.create","previous_item_id":"nope","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"x"}]}}""", "item_not_found", "previous_item_id" },
        { """{"type":"conversation.item.retrieve","item_id":"nope"}""", "item_not_found", "item_id" },
        { """{"type":"conversation.item.delete","item_id":"nope"}""", "item_not_found", "item_id" },
        { """{"type":"conversation.item.truncate","item_id":"nope","content_index":0,"audio_end_ms":10}""", "item_not_found", "item_id" },
        { """{"type":"conversation.item.truncate","item_id":"nope","content_index":0,"audio_end_ms":-1}""", "invalid_value", "audio_end_ms" },
        { """{"type":"response.cancel"}""", "response_cancel_not_active", null },
        { """{"type":"response.create","response":{"conversation":"other"}}""", "invalid_value", "response.conversation" },
        { """{"type":"response.create","response":{"input":[{"type":"item_reference"}]}}""", "missing_required_parameter", "response.input[0].id" },
        { """{"type":"response.create","response":{"input":[{"type":"item_reference","id":"nope"}]}}""", "item_not_found", "response.input[0].id" },
        { """{"type":"response.create","response":{"max_output_tokens":5000}}""", "invalid_value", "response.max_output_tokens" },
        { """{"type":"response.create","response":{"tool_choice":"required"}}""", "invalid_value", "response.tool_choice" },
        { """{"type":"response.create","response":{"prompt":{"id":"pmpt_1"}}}""", "not_supported", "response.prompt" },
        { """{"type":"response.create","response":{"audio":{"output":{"format":{"type":"audio/pcmu"}}}}}""", "not_supported", "response.audio.output.format" },
        { """{"type":"response.create","response":{"metadata":{"a":1}}}""", "invalid_value", "response.metadata" },
        { """{"type":"output_audio_buffer.clear"}""", "not_supported", "type" },
    };

    [Theory]
    [MemberData(nameof(BadEvents))]
    public async Task A_bad_event_is_told_precisely_and_the_session_is_well(string json, string code, string? param)
    {
        await using var client = await host.BeginAsync();
        var isObject = json.StartsWith('{') && !json.StartsWith("{}", StringComparison.Ordinal);
        await client.SendAsync(isObject ? json[..^1] + ""","event_id":"ev_client"}""" : json);

        var error = await client.ErrorAsync();

        Assert.Equal((code, param), (error.GetProperty("code").GetString(), error.GetProperty("param").GetString()));
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal(isObject ? "ev_client" : null, error.GetProperty("event_id").GetString());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        await IsWellAsync(client);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_told()
    {
        await using var client = await host.BeginAsync();
        await client.SendRawAsync([1, 2, 3, 4], WebSocketMessageType.Binary);
        Assert.Equal("binary_audio_not_enabled", (await client.ErrorAsync()).GetProperty("code").GetString());
        await client.SendRawAsync([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]);
        Assert.Equal("invalid_json", (await ErrorOrCloseAsync(client))?.GetProperty("code").GetString() ?? "invalid_json");
    }

    [Fact]
    public async Task An_append_of_more_than_15_MiB_is_refused_and_the_session_is_well()
    {
        await using var client = await host.BeginAsync();
        await client.AppendAsync(new byte[AudioAppend.MaxAudio + 4]);

        Assert.Equal("audio_too_large", (await client.ErrorAsync()).GetProperty("code").GetString());
        await IsWellAsync(client);
    }

    [Fact]
    public async Task A_message_that_is_larger_than_any_event_ends_the_connection()
    {
        await using var client = await host.BeginAsync();
        await client.SendRawAsync(Encoding.ASCII.GetBytes(new string('a', 22 * 1024 * 1024)));

        Assert.Equal("message_too_large", (await client.ErrorAsync()).GetProperty("code").GetString());
        await client.UntilClosedAsync();
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, client.CloseStatus);
    }

    [Theory]
    [InlineData("?agent=nobody", "agent_not_found")]
    [InlineData("?model=gpt-realtime", "agent_not_found")]
    [InlineData("", "agent_required")]
    [InlineData("?intent=translation", "invalid_value")]
    [InlineData("?intent=transcription&agent=receptionist", "invalid_value")]
    [InlineData("?call_id=rtc_1", "not_supported")]
    public async Task A_connection_that_cannot_be_served_says_why_and_closes(string query, string code)
    {
        await using var client = await host.ConnectAsync(query);

        Assert.Equal(code, (await client.ErrorAsync()).GetProperty("code").GetString());
        await client.UntilClosedAsync();
        Assert.Equal((WebSocketCloseStatus.PolicyViolation, code), (client.CloseStatus, client.CloseReason));
    }

    [Fact]
    public async Task Another_organizations_agent_does_not_exist()
    {
        await host.Api.Database.AddAgentAsync("org_theirs", "theirs");
        await using var client = await host.ConnectAsync("?agent=theirs", "org_other");

        Assert.Equal("agent_not_found", (await client.ErrorAsync()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Without_a_credential_there_is_no_socket()
    {
        using var client = new ClientWebSocket();
        client.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(
            () => client.ConnectAsync(new UriBuilder(host.Address) { Scheme = "ws", Path = "/v1/realtime", Query = "?agent=receptionist" }.Uri, CancellationToken.None).OrTimeout());
        Assert.Equal(HttpStatusCode.Unauthorized, client.HttpStatusCode);
    }

    [Fact]
    public async Task A_plain_request_is_told_to_upgrade()
    {
        using var http = new HttpClient { BaseAddress = host.Address }.As();

        using var response = await http.GetAsync("/v1/realtime?agent=receptionist").OrTimeout();

        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Contains("websocket_required", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_frames_of_the_official_agents_client_are_understood()
    {
        await using var client = await host.ConnectAsync();
        await client.SendAsync(
            """{"type":"session.update","session":{"type":"realtime","instructions":"Be kind.","model":"gpt-realtime-2.1","output_modalities":["audio"],"audio":{"input":{"format":{"type":"audio/pcm","rate":24000},"noise_reduction":null,"transcription":{"model":"gpt-4o-mini-transcribe"},"turn_detection":{"type":"semantic_vad"}},"output":{"format":{"type":"audio/pcm","rate":24000},"speed":1}},"tools":[]}}""");
        var first = (await client.UntilAsync("session.updated")).GetProperty("session");
        await client.SendAsync("""{"type":"session.update","session":{"type":"realtime","tracing":"auto"}}""");
        var second = (await client.UntilAsync("session.updated")).GetProperty("session");

        Assert.Equal("session.created", client.Types.First());
        Assert.Equal("Be kind.", first.GetProperty("instructions").GetString());
        var turns = first.GetProperty("audio").GetProperty("input").GetProperty("turn_detection");
        Assert.Equal(("semantic_vad", "auto", true), (turns.GetProperty("type").GetString(), turns.GetProperty("eagerness").GetString(), turns.GetProperty("interrupt_response").GetBoolean()));
        Assert.Equal(("auto", "Be kind."), (second.GetProperty("tracing").GetString(), second.GetProperty("instructions").GetString()));
    }

    [Fact]
    public async Task An_update_changes_all_of_its_fields_or_none()
    {
        await using var client = await host.BeginAsync();
        await client.SendAsync("""{"type":"session.update","session":{"type":"realtime","instructions":"changed","audio":{"output":{"speed":99}}}}""");
        await client.ErrorAsync();
        await client.SendAsync("""{"type":"session.update","session":{"type":"realtime","output_modalities":["text"]}}""");

        Assert.NotEqual("changed", (await client.UntilAsync("session.updated")).GetProperty("session").GetProperty("instructions").GetString());
    }

    [Fact]
    public async Task Items_are_created_in_place_retrieved_and_deleted()
    {
        await using var client = await host.BeginAsync();
        await client.SendAsync(Item("item_a", null));
        await client.SendAsync(Item("item_b", "root"));
        await client.SendAsync("""{"type":"conversation.item.retrieve","item_id":"item_a"}""");
        var retrieved = await client.UntilAsync("conversation.item.retrieved");
        await client.SendAsync("""{"type":"conversation.item.delete","item_id":"item_a"}""");
        await client.UntilAsync("conversation.item.deleted");

        var added = client.Events.Where(e => RealtimeClient.Type(e) == "conversation.item.added").ToList();
        Assert.All(added, e => Assert.Equal(JsonValueKind.Null, e.GetProperty("previous_item_id").ValueKind));
        Assert.Equal("hi", retrieved.GetProperty("item").GetProperty("content")[0].GetProperty("text").GetString());

        static string Item(string id, string? after) =>
            $$$"""{"type":"conversation.item.create"{{{(after is null ? "" : $",\"previous_item_id\":\"{after}\"")}}},"item":{"id":"{{{id}}}","type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]}}""";
    }

    [Fact]
    public async Task A_client_that_vanishes_in_the_middle_of_a_frame_leaves_an_ended_session()
    {
        var client = await host.BeginAsync();
        var id = client.Events[0].GetProperty("session").GetProperty("id").GetString()!;
        await client.Socket.SendAsync(Encoding.UTF8.GetBytes("""{"type":"input_audio_b"""), WebSocketMessageType.Text, endOfMessage: false, CancellationToken.None).OrTimeout();
        client.Socket.Abort();

        Assert.Equal("connection_lost", await EndReasonAsync(id));
    }

    [Fact]
    public async Task A_client_that_says_goodbye_is_answered_and_recorded_so()
    {
        var client = await host.BeginAsync();
        var id = client.Events[0].GetProperty("session").GetProperty("id").GetString()!;
        await client.CloseAsync();

        Assert.Equal(WebSocketCloseStatus.NormalClosure, client.CloseStatus);
        Assert.Equal("client_closed", await EndReasonAsync(id));
    }

    private async Task<string?> EndReasonAsync(string id)
    {
        string? reason = null;
        await Deadline.Until(async () =>
        {
            await using var command = host.Api.Database.DataSource.CreateCommand($"select end_reason from voice.sessions where id = '{id}' and ended_at is not null");
            reason = await command.ExecuteScalarAsync() as string;
            return reason is not null;
        });
        return reason;
    }

    private static async Task IsWellAsync(RealtimeClient client)
    {
        await client.SendAsync("""{"type":"session.update","session":{"type":"realtime"}}""");
        await client.UntilAsync("session.updated");
    }

    private static async Task<JsonElement?> ErrorOrCloseAsync(RealtimeClient client)
    {
        while (await client.NextAsync() is { } next)
        {
            if (RealtimeClient.Type(next) == "error")
            {
                return next.GetProperty("error");
            }
        }

        return null;
    }
}
