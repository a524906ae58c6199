using System.CommandLine;
using System.Text.Json.Nodes;
using Aico.Host.Organizations.Changes;
using Aico.Host.Organizations.Variables;

namespace Aico.Host.Cli.Organizations;

/// <summary><c>aico org set</c>: settings of one provider.</summary>
internal static class OrgSetCommand
{
    public static Command Create(OrgOptions options)
    {
        var (id, key) = (OrgOptions.Organization(), OrgOptions.Provider());
        var settings = new Argument<string[]>("setting=value") { Description = "JSON where it is JSON, text otherwise; a.b=value for a setting inside a setting. Others stay as they are.", Arity = ArgumentArity.ZeroOrMore };
        var unset = new Option<string[]>("--unset") { Description = "A setting that takes its default again. May be given again.", HelpName = "setting", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
        var enabled = new Option<bool?>("--enabled") { Description = "Whether it is used. Default: as it is, true where it is new.", HelpName = "true|false" };
        var priority = new Option<int?>("--priority") { Description = "Higher comes first. Default: as it is, 100 where it is new.", HelpName = "number" };
        return options.CompleteAnywhere(new Command("set", "Sets a provider of an organization; it is enabled by that where it is new.") { id, key, settings, unset, enabled, priority }, async (parsed, desk, ct) =>
        {
            var (name, provider) = (parsed.GetRequiredValue(id), parsed.GetRequiredValue(key));
            var shape = await desk.ShapeOfAsync(provider, ct);
            var document = await desk.FindChangeableAsync(name, ct);
            var config = (JsonObject)(document.Provider(provider)?.Config ?? []).DeepClone();
            foreach (var gone in parsed.GetValue(unset) ?? [])
            {
                if (!config.Remove(gone))
                {
                    throw new CliException($"--unset {gone}: {provider} of \"{name}\" has no such setting set.");
                }
            }

            foreach (var argument in parsed.GetValue(settings) ?? [])
            {
                if (shape.Secrets.Any(secret => argument.StartsWith($"{secret}=", StringComparison.OrdinalIgnoreCase)))
                {
                    // The value is on the screen and in the shell's history by now, but in no error of ours.
                    throw new CliException($"{argument.Split('=')[0]} is a secret: \"aico secrets set {name} {provider} {argument.Split('=')[0]}\" takes it from standard input or a file.");
                }

                Parse(provider, argument).ApplyTo(config, shape.SettingsSchema);
            }

            var patch = new ProviderPatch(config, parsed.GetValue(enabled), parsed.GetValue(priority));
            var changed = await desk.PutProviderAsync(name, provider, patch, document.Provider(provider)?.Revision ?? 0, ct);
            return OrgAnswer.Line(OrgText.Provider(changed, provider, desk), $"{provider} of {name} is set; the next call has it.");
        });
    }

    private static SettingArgument Parse(string provider, string argument) => argument.IndexOf('=', StringComparison.Ordinal) > 0
        ? SettingArgument.Parse($"{provider}.{argument}")
        : throw new CliException("A setting is written as setting=value, such as model=nova-3.");
}
