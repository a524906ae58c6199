using Aico.Plugins.Shared.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Shared.Chat;

/// <summary>Turns the events of one answer into updates, in a vendor's way. Thoughts come as reasoning content, never as text.</summary>
internal interface IAnswerStream
{
    /// <summary>True when the model said why it stopped, after which the stream may end any way it likes.</summary>
    bool IsFinished { get; }

    /// <summary>True when nothing more will come although the connection is open.</summary>
    bool IsEnded { get; }

    /// <summary>Takes an event; null where it holds nothing to pass on.</summary>
    /// <exception cref="Abstractions.ProviderException">The event is an error, or nothing that the protocol knows.</exception>
    ChatResponseUpdate? Take(ServerSentEvent item);

    /// <summary>What is left when the stream has ended: held text, the tool calls, the tokens used, and why it finished.</summary>
    ChatResponseUpdate End();
}
