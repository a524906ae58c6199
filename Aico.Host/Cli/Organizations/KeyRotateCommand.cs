using System.CommandLine;
using Aico.Host.Organizations.Keys;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico key rotate</c>: makes a key in place of another, which goes on being taken for a while.</summary>
internal static class KeyRotateCommand
{
    public static Command Create(TimeProvider time)
    {
        var options = new KeyOptions(time);
        var key = KeyOptions.KeyId();
        var overlap = new Option<string?>("--overlap")
        {
            Description = $"How long the old key goes on being taken. Default: {ApiKeys.DefaultOverlap.TotalHours:0}h.",
            HelpName = "time",
        };
        var expires = KeyOptions.ExpiresIn("Default: as long as the old key was given.");
        var command = new Command("rotate", "Makes an API key with the name and scopes of another, shows it once, and ends the other after a while.") { key, overlap, expires };
        options.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            TimeSpan? both = parsed.GetValue(overlap) is { } text ? KeyOptions.Time("--overlap", text) : null;
            var ends = options.Expires(parsed.GetValue(expires));
            await using var keys = await options.OpenAsync(parsed, ct);
            var made = await keys.RotateAsync(parsed.GetRequiredValue(key), both, ends, ct);
            return await options.WriteAsync(parsed, made);
        });
        return command;
    }
}
