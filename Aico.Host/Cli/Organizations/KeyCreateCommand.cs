using System.CommandLine;
using Aico.Host.Organizations.Keys;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico key create</c>: makes an API key and shows it once.</summary>
internal static class KeyCreateCommand
{
    public static Command Create(TimeProvider time)
    {
        var options = new KeyOptions(time);
        var name = new Option<string>("--name") { Description = "For people: who holds it.", HelpName = "text", Required = true };
        var scope = new Option<string[]>("--scope")
        {
            Description = $"What it may do: {string.Join(", ", ApiKeyScopes.All)}. May be given again, and several may stand behind one.",
            HelpName = "scope",
            Required = true,
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
        };
        var expires = KeyOptions.ExpiresIn("Default: never.");
        var command = new Command("create", "Makes an API key of an organization and shows it once.") { name, scope, expires };
        options.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var ends = options.Expires(parsed.GetValue(expires));
            await using var keys = await options.OpenAsync(parsed, ct);
            var made = await keys.CreateAsync(parsed.GetRequiredValue(name), parsed.GetRequiredValue(scope), ends, ct);
            return await options.WriteAsync(parsed, made);
        });
        return command;
    }
}
