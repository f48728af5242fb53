using System.Text;
using Voice.Core.Conversations;

namespace Voice.Core.Tests.Conversations.Randomised;

/// <summary>One conversation as data: whoever plays it twice sees the same twice.</summary>
/// <param name="Settles">Ends in a long quiet time with healthy providers, after which nothing may be left over; otherwise ends wherever it is.</param>
internal sealed record Script(int Seed, string Mode, bool Greets, bool Settles, ConversationSettings Settings, IReadOnlyList<Step> Steps)
{
    /// <summary>The client never reads: all that can be asked is that it costs no more than the queues hold, and that everything ends.</summary>
    public bool Deaf { get; init; }

    public override string ToString()
    {
        var text = new StringBuilder($"seed {Seed}, {Mode}{(Greets ? ", greets" : "")}{(Settles ? ", settles" : "")}{(Deaf ? ", deaf" : "")}, {Settings}\n");
        for (var i = 0; i < Steps.Count; i++)
        {
            text.Append($"  {i,2}  {Steps[i]}\n");
        }

        return text.ToString();
    }
}
