extern alias elevenlabs;

using Aico.Abstractions;
using Aico.Testing.Conformance;
using SpeechInbox = elevenlabs::Aico.Plugins.Shared.SpeechSockets.SpeechInbox;
using SpokenMessage = elevenlabs::Aico.Plugins.Shared.SpeechSockets.SpokenMessage;

namespace Aico.Plugins.Tests.Shared;

public class SpeechInboxTests
{
    private static readonly SpokenMessage Message = new("c");

    [Test]
    public async Task Holds_text_back_while_much_speech_is_unread()
    {
        using var inbox = new SpeechInbox("c");
        for (var i = 0; i < 33; i++)
        {
            await inbox.PutAsync(Message);
        }

        var waiting = inbox.HasRoomAsync(default).AsTask();
        waiting.IsCompleted.Should().BeFalse();
        await using var messages = inbox.ReadAsync(default).GetAsyncEnumerator();
        (await messages.MoveNextAsync()).Should().BeTrue();

        await Bounded.Within(waiting, "Room");
    }

    [Test]
    public async Task Gives_what_came_before_a_fault_and_drops_what_comes_after()
    {
        using var inbox = new SpeechInbox("c");
        await inbox.PutAsync(Message);
        inbox.Complete(new ProviderException(ProviderFailure.Unavailable, "gone"));
        await Bounded.Within(inbox.PutAsync(Message).AsTask(), "A late message");

        var got = 0;
        var read = async () =>
        {
            await foreach (var _ in inbox.ReadAsync(default))
            {
                got++;
            }
        };

        (await read.Should().ThrowAsync<ProviderException>()).Which.Message.Should().Be("gone");
        got.Should().Be(1);
    }
}
