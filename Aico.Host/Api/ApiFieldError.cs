namespace Aico.Host.Api;

/// <summary>What is wrong with one field of a request.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) into the body, empty for the whole; ?name for a query parameter, @Name for a header.</param>
/// <param name="Message">For people; does not repeat the value.</param>
internal sealed record ApiFieldError(string Pointer, string Message);
