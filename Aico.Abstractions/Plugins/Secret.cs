using System.ComponentModel;
using System.Diagnostics;

namespace Aico.Abstractions.Plugins;

/// <summary>
/// A value that never shows itself: it prints as "***" and has no JSON form, so that logging or serializing an object that holds
/// one gives nothing away. A settings property of this type is a secret of the provider.
/// </summary>
[DebuggerDisplay("***")]
[ImmutableObject(true)]
public sealed class Secret : IEquatable<Secret>
{
    private readonly string _value;

    /// <summary>Hides a value.</summary>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public Secret(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        _value = value;
    }

    /// <summary>Returns the value. Call it where the value is put on the wire, and nowhere else.</summary>
    public string Reveal() => _value;

    /// <inheritdoc />
    public bool Equals(Secret? other) =>
        other is not null
        && System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(_value.AsSpan()),
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(other._value.AsSpan()));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Secret);

    /// <inheritdoc />
    public override int GetHashCode() => _value.GetHashCode(StringComparison.Ordinal);

    /// <summary>Returns "***".</summary>
    public override string ToString() => "***";
}
