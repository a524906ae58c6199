using System.CommandLine;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico key revoke</c>: ends a key now.</summary>
internal static class KeyRevokeCommand
{
    public static Command Create(TimeProvider time)
    {
        var options = new KeyOptions(time);
        var key = KeyOptions.KeyId();
        var command = new Command("revoke", "Ends an API key now; running hosts refuse it within a second.") { key };
        options.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var id = parsed.GetRequiredValue(key);
            await using var keys = await options.OpenAsync(parsed, ct);
            await keys.RevokeAsync(id, ct);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(options.Json))
            {
                CliJson.Write(output, new { id, ended = time.GetUtcNow() });
            }
            else
            {
                await output.WriteLineAsync($"{id} is refused from now on");
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
