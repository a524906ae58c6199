using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aico.Abstractions.Plugins;

namespace Aico.Host.Plugins;

/// <summary>Reads plugin.json strictly: what is missing or not understood rejects the plugin, and nothing is guessed.</summary>
internal static partial class PluginManifestReader
{
    public const string FileName = "plugin.json";

    private const string Example =
        """{ "id": "my-plugin", "version": "1.0.0", "assembly": "My.Plugin.dll", "contract": "1.0" }""";

    /// <exception cref="PluginRejectedException">The manifest is missing, unreadable, wrong, or not for this host.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be read.</exception>
    public static PluginManifest Read(PluginFolder folder)
    {
        var json = Parse(folder);

        // The contract first: a manifest for a newer host may hold what this one does not know.
        var contract = ReadContract(json);
        if (json.Select(field => field.Key).FirstOrDefault(name => name is not ("id" or "version" or "assembly" or "contract")) is { } unknown)
        {
            throw Invalid($"{FileName} holds the unknown field \"{unknown}\".");
        }

        var id = ReadText(json, "id", KebabCase(), "a kebab-case name such as \"my-plugin\"");
        var version = ReadText(json, "version", SemanticVersion(), "a semantic version such as \"1.0.0\"");
        var assembly = ReadText(json, "assembly", Anything(), "the file name of the plugin's assembly");
        if (id != folder.Id)
        {
            throw new PluginRejectedException(
                PluginRejectionReason.IdMismatch,
                $"{FileName} names the id \"{id}\", but the folder is called \"{folder.Id}\".",
                $"Rename the folder to \"{id}\".");
        }

        CheckAssembly(folder, assembly);
        return new PluginManifest(id, version, assembly, contract);
    }

    private static JsonObject Parse(PluginFolder folder)
    {
        var path = Path.Combine(folder.Path, FileName);
        if (!File.Exists(path))
        {
            throw new PluginRejectedException(
                PluginRejectionReason.ManifestMissing,
                $"The folder holds no {FileName}.",
                $"Copy the whole plugin, with its {FileName}, or remove the folder.");
        }

        try
        {
            return JsonNode.Parse(File.ReadAllText(path), documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false })
                as JsonObject ?? throw Unreadable("It holds no JSON object.");
        }
        catch (JsonException fault)
        {
            throw Unreadable(fault.Message, fault);
        }
    }

    private static Version ReadContract(JsonObject json)
    {
        var contract = Version.Parse(ReadText(json, "contract", TwoNumbers(), "the contract's version such as \"1.0\""));
        var host = ContractVersion.Current;
        if (contract.Major > host.Major || (contract.Major == host.Major && contract.Minor > host.Minor))
        {
            throw new PluginRejectedException(
                PluginRejectionReason.ContractTooNew,
                $"It was built for contract {contract}, and this host has {host}.",
                $"Update AICO to a version with contract {contract}, or take an older version of the plugin.");
        }

        if (contract.Major < host.Major)
        {
            throw new PluginRejectedException(
                PluginRejectionReason.ContractTooOld,
                $"It was built for contract {contract}, which this host with contract {host} does not serve any more.",
                $"Take a version of the plugin that was built for contract {host.Major}.x.");
        }

        return contract;
    }

    private static void CheckAssembly(PluginFolder folder, string assembly)
    {
        var path = Path.Combine(folder.Path, assembly);
        var isFileName = Path.GetFileName(assembly) == assembly && !assembly.Contains('\\', StringComparison.Ordinal) && assembly is not (".." or ".");
        if (!isFileName)
        {
            throw Outside(assembly);
        }

        if (!File.Exists(path))
        {
            throw new PluginRejectedException(
                PluginRejectionReason.AssemblyMissing,
                $"{FileName} names the assembly \"{assembly}\", which is not there.",
                "Copy the whole plugin, or correct the name.");
        }

        if (!IsInside(folder.Path, path))
        {
            throw Outside(assembly);
        }
    }

    // The folder itself may be a link, so that an operator can switch versions; a link inside must not lead out of it. Only the folder
    // itself counts, not what lies below: a folder below could be a link again.
    private static bool IsInside(string folder, string path)
    {
        if (File.ResolveLinkTarget(path, returnFinalTarget: true) is not { } target)
        {
            return true;
        }

        var real = Directory.ResolveLinkTarget(folder, returnFinalTarget: true)?.FullName;
        var at = Path.GetDirectoryName(target.FullName);
        return at == Path.GetFullPath(folder) || at == real;
    }

    private static string ReadText(JsonObject json, string name, Regex form, string expected)
    {
        if (!json.TryGetPropertyValue(name, out var value))
        {
            throw Invalid($"{FileName} lacks \"{name}\".");
        }

        return value?.GetValueKind() == JsonValueKind.String && form.IsMatch(value.GetValue<string>())
            ? value.GetValue<string>()
            : throw Invalid($"\"{name}\" in {FileName} is not {expected}.");
    }

    private static PluginRejectedException Outside(string assembly) => new(
        PluginRejectionReason.AssemblyOutsideFolder,
        $"{FileName} names the assembly \"{assembly}\", which is not a file directly in the plugin's folder.",
        "Put the assembly into the plugin's folder and name it without a path.");

    private static PluginRejectedException Invalid(string message) =>
        new(PluginRejectionReason.ManifestInvalid, message, $"Correct it; a manifest looks like {Example}.");

    private static PluginRejectedException Unreadable(string message, Exception? inner = null) => new(
        PluginRejectionReason.ManifestUnreadable,
        $"{FileName} cannot be read: {message}",
        $"Copy the file again or correct it; a manifest looks like {Example}.",
        inner);

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex KebabCase();

    [GeneratedRegex(@"^\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$")]
    private static partial Regex SemanticVersion();

    [GeneratedRegex(@"^\d{1,4}\.\d{1,4}$")]
    private static partial Regex TwoNumbers();

    [GeneratedRegex(@"^[^\0]+$")]
    private static partial Regex Anything();
}
