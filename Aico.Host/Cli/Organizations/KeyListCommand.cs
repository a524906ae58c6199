using System.CommandLine;
using Aico.Host.Storage;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico key list</c>: an organization's keys, newest first.</summary>
internal static class KeyListCommand
{
    public static Command Create(TimeProvider time)
    {
        var options = new KeyOptions(time);
        var command = new Command("list", "Lists the API keys of an organization, newest first, ended ones too.");
        options.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            await using var desk = await options.OpenAsync(parsed, ct);
            var keys = await desk.ListAsync(ct);
            var output = parsed.InvocationConfiguration.Output;
            var now = time.GetUtcNow();
            if (parsed.GetValue(options.Json))
            {
                CliJson.Write(output, new
                {
                    keys = keys.Select(key => new { key.Id, key.Name, key.Scopes, key.Created, key.Expires, key.Ended, key.LastUsed, isActive = IsActive(key, now) }),
                });
            }
            else if (keys.Count == 0)
            {
                await output.WriteLineAsync("No keys.");
            }
            else
            {
                Write(output, keys, now);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static void Write(TextWriter output, IReadOnlyList<ApiKeyRow> keys, DateTimeOffset now)
    {
        var table = new CliTable("ID", "NAME", "STATE", "LAST USED", "SCOPES");
        foreach (var key in keys)
        {
            table.Add([key.Id, key.Name, State(key, now), key.LastUsed is { } used ? KeyOptions.Moment(used) : "never", string.Join(' ', key.Scopes)]);
        }

        table.Write(output);
    }

    private static bool IsActive(ApiKeyRow key, DateTimeOffset now) => !(key.Ended <= now) && !(key.Expires <= now);

    private static string State(ApiKeyRow key, DateTimeOffset now) => key switch
    {
        { Ended: { } ended } => $"{(ended <= now ? "ended" : "ends")} {KeyOptions.Moment(ended)}",
        { Expires: { } expires } when expires <= now => $"expired {KeyOptions.Moment(expires)}",
        _ => KeyOptions.ExpiryText(key),
    };
}
