using System.ComponentModel.DataAnnotations;
using Aico.Host.Providers;

namespace Aico.Host.Organizations.Agents;

/// <summary>The least and the most that a time may be, written as settings write times.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DurationRangeAttribute : ValidationAttribute
{
    private readonly TimeSpan _least;
    private readonly TimeSpan _most;

    public DurationRangeAttribute(string least, string most)
        : base($"Must be from {least} to {most}.") => (Least, Most, _least, _most) = (least, most, Parse(least), Parse(most));

    public string Least { get; }

    public string Most { get; }

    public override bool IsValid(object? value) => value is not TimeSpan time || (time >= _least && time <= _most);

    private static TimeSpan Parse(string text) =>
        Duration.TryParse(text, out var time) ? time : throw new ArgumentException($"\"{text}\" is no time.", nameof(text));
}
