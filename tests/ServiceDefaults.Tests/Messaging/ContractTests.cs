using System.Text.Json;
using Voice.ServiceDefaults.Messaging;
using Voice.ServiceDefaults.Messaging.Contracts;

namespace ServiceDefaults.Tests.Messaging;

public sealed class ContractTests
{
    [Fact]
    public void Every_contract_can_travel()
    {
        var contracts = typeof(ISessionMessage).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(ISessionMessage)) && type.IsClass);
        Assert.All(contracts, contract => Assert.NotNull(MessageTypes.Find(contract.Name)));
    }

    /// <summary>What is under way while services are replaced was written by the version before: names here change only by addition.</summary>
    [Fact]
    public void The_names_on_the_wire_are_these()
    {
        Assert.Equal(
            """{"session_id":"s","organization_id":"o","user_id":"u","agent_id":"a","mode":"agent","language":"en","started_at":"1970-01-01T00:00:00+00:00"}""",
            MessageTypes.Serialize(new SessionStarted("s", "o", "u", "a", "agent", "en", DateTimeOffset.UnixEpoch)));
        Assert.Equal(
            """
            {"session_id":"s","organization_id":"org_1","user_id":"user_1","agent_id":"receptionist","mode":"agent","language":"en","turn_id":"turn_s_1","sequence":1,"transcript":"hello","confidence":0.9,"reply":"hi","latency_ms":{"voice_to_voice":512.5},"started_at":"1970-01-01T00:00:00+00:00","completed_at":"1970-01-01T00:00:02+00:00"}
            """.Trim(),
            MessageTypes.Serialize(MessagingHost.Turn("s", 1)));
        Assert.Equal(
            """
            {"session_id":"s","organization_id":"o","user_id":"u","agent_id":"a","mode":"agent","language":"en","end_reason":"client_closed","turn_count":2,"started_at":"1970-01-01T00:00:00+00:00","ended_at":"1970-01-01T00:00:00+00:00","transcript_blob":"o/s.json","recording_blob":null}
            """.Trim(),
            MessageTypes.Serialize(new SessionEnded(
                "s", "o", "u", "a", "agent", "en", "client_closed", 2, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, "o/s.json", null)));
    }

    [Fact]
    public void A_member_that_a_later_version_adds_is_no_obstacle()
    {
        var later = MessageTypes.Serialize(MessagingHost.Turn("s", 1))[..^1] + ""","emotion":"calm"}""";
        Assert.Equal("turn_s_1", Assert.IsType<TurnCompleted>(JsonSerializer.Deserialize(later, MessageTypes.Find(nameof(TurnCompleted))!)).TurnId);
    }
}
