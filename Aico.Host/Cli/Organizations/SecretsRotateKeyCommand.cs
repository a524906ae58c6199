using System.CommandLine;
using Aico.Host.Cli.Storage;
using Aico.Host.Organizations.Secrets;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico secrets rotate-key</c>: brings all secrets under a new master key while hosts go on working.</summary>
internal static class SecretsRotateKeyCommand
{
    public static Command Create(TimeProvider time)
    {
        var data = new DataOptions();
        var json = CliJson.Option();
        var command = new Command("rotate-key", "Makes a new master key and encrypts all secrets anew while hosts go on working; finishes an earlier rotation where one was cut off.") { json };
        data.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            await using var store = await data.OpenAsync(parsed, time, ct);
            var keys = await MasterKeys.OpenAsync(data.Folder(parsed), data.Variables(parsed), store, ct);
            var result = await new SecretRotation(store, keys).RunAsync(ct);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                CliJson.Write(output, Describe(result));
            }
            else
            {
                await WriteAsync(output, result, keys);
            }

            return result.Unreadable.Count == 0 ? ExitCode.Ok : ExitCode.Failed;
        });
        return command;
    }

    private static object Describe(SecretRotationResult result) => new
    {
        result.KeyId,
        result.IsNewKey,
        result.Reencrypted,
        unreadable = result.Unreadable.Select(secret => new
        {
            organization = secret.Owner.OrganizationId,
            provider = secret.Owner.ProviderKey,
            secret.Owner.Name,
            secret.KeyId,
            secret.Problem,
        }),
    };

    private static async Task WriteAsync(TextWriter output, SecretRotationResult result, MasterKeys keys)
    {
        await output.WriteLineAsync($"{result.Reencrypted} secrets were brought under {(result.IsNewKey ? "the new" : "the")} master key {result.KeyId}");
        if (!result.IsNewKey)
        {
            await output.WriteLineAsync(keys.AreOurs
                ? "An earlier rotation was cut off, and is complete now. For a new key run this again."
                : $"The keys come from {keys.Place}; for a new one put it before those that are there, then run this again.");
        }

        foreach (var secret in result.Unreadable)
        {
            await output.WriteLineAsync($"    {secret.Problem}");
        }
    }
}
