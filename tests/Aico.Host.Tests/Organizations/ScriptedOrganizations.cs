using System.Text.Json.Nodes;
using Aico.Abstractions.Plugins;
using Aico.Host.Organizations.Documents;

namespace Aico.Host.Tests.Organizations;

/// <summary>A source of organizations that a test writes, holds back and breaks.</summary>
internal sealed class ScriptedOrganizations : IOrganizationSource
{
    private readonly Dictionary<string, OrganizationDocument> _documents = [];

    public event Action<string?>? Changed;

    public int Asked { get; private set; }

    public string? Failure { get; set; }

    /// <summary>What an answer waits for.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public static ConfiguredProvider Provider(string key, int priority = 100, bool isEnabled = true, string config = "{}") =>
        new(key, (JsonObject)JsonNode.Parse(config)!, isEnabled, priority, 1, default);

    public static ConfiguredSecret Key(string provider, string value = "k-1") => new(provider, "apiKey", new Secret(value), null, default);

    public static OrganizationDocument Document(string id, long revision, IReadOnlyList<ConfiguredProvider> providers, params ConfiguredSecret[] secrets) =>
        new() { Id = id, Name = id, Revision = revision, Origin = ConfigurationOrigin.Api, Providers = providers, Secrets = secrets };

    /// <summary>An organization whose providers of all kinds have this name, with their keys.</summary>
    public static OrganizationDocument Complete(string id, long revision, string name, string config = "{}") => Document(
        id,
        revision,
        [.. Kinds.Select(kind => Provider($"{name}-{kind}", config: config))],
        [.. Kinds.Select(kind => Key($"{name}-{kind}"))]);

    public static string[] Kinds { get; } = ["stt", "tts", "llm"];

    public void Set(OrganizationDocument document, bool tells = true)
    {
        _documents[document.Id] = document;
        if (tells)
        {
            Changed?.Invoke(document.Id);
        }
    }

    public void Remove(string id)
    {
        _documents.Remove(id);
        Changed?.Invoke(id);
    }

    public async ValueTask<OrganizationDocument?> FindAsync(string organizationId, CancellationToken ct)
    {
        Asked++;
        // As it is at the moment of the question, however long the answer takes.
        var document = _documents.GetValueOrDefault(organizationId);
        if (Gate is { } gate)
        {
            await gate.Task.WaitAsync(ct);
        }

        return Failure is { } failure ? throw new OrganizationSourceException(failure) : document;
    }

    public ValueTask<IReadOnlyList<OrganizationSummary>> ListAsync(string? afterId, int limit, CancellationToken ct) => throw new NotSupportedException();
}
