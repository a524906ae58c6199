namespace Aico.Host.LiveKit.Api;

/// <summary>An answer that says nothing but that it was done.</summary>
internal sealed record EmptyMessage;
