using Aico.Host.LiveKit.Api;

namespace Aico.Host.LiveKit.Access;

/// <summary>The result of checking a webhook: its event, or why it does not count.</summary>
internal sealed record WebhookCheck(WebhookEvent? Event, string? Refusal)
{
    public static WebhookCheck Refuse(string reason) => new(null, reason);
}
