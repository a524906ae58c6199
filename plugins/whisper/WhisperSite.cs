using System.Net;
using System.Text.Json;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.OpenAIAudio;
using Aico.Plugins.Shared.Vendors;

namespace Aico.Plugins.Whisper;

/// <summary>Asks a server which it is and what it has. Vendors are known and need not be asked.</summary>
internal sealed class WhisperSite(WhisperSettings settings, VendorHttp http)
{
    private const string Transcriptions = "/audio/transcriptions";

    /// <summary>Which server it is, and where it takes utterances.</summary>
    /// <exception cref="Aico.Abstractions.ProviderException">It refused or cannot be reached.</exception>
    public async Task<WhisperServer> AskAsync(CancellationToken ct)
    {
        var isKnown = settings.Dialect == WhisperDialect.OpenAI || AudioHosts.IsOpenAI(settings.BaseUrl) || AudioHosts.IsGroq(settings.BaseUrl);
        var hasModel = settings.Model.Length > 0 || WhisperModels.DefaultAt(settings.BaseUrl).Length > 0;
        var models = settings.Dialect == WhisperDialect.WhisperCpp || (isKnown && hasModel) ? null : await ModelsAsync(ct);
        return settings.Dialect == WhisperDialect.WhisperCpp || (models is null && !isKnown && await IsWhisperCppAsync(ct))
            ? new WhisperServer(WhisperDialect.WhisperCpp, await InferenceAsync(ct), null)
            : new WhisperServer(WhisperDialect.OpenAI, settings.Path.Length > 0 ? Below(settings.Path) : Versioned(Transcriptions), models);
    }

    /// <summary>The models for hearing; null where the server has no list.</summary>
    public async Task<IReadOnlyList<ModelInfo>?> ModelsAsync(CancellationToken ct)
    {
        var models = await ListedModels.FindAsync(http, Versioned("/models"), WhisperModels.Ending, ct);
        return AudioHosts.IsOpenAI(settings.BaseUrl) || AudioHosts.IsGroq(settings.BaseUrl) ? models?.Where(model => WhisperModels.Hears(model.Id)).ToList() : models;
    }

    /// <summary>
    /// True where whisper.cpp says that its model is loaded. False where it says nothing: a build of August 2026 answers 404 while it loads one,
    /// though its source sets 503.
    /// </summary>
    public async Task<bool> IsHealthyAsync(CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Root("/health"));
        using var response = await http.SendAsync(request, IsMissing, ct);
        if (!response.IsSuccessStatusCode)
        {
            return false;
        }

        var text = await http.GuardAsync(() => response.Content.ReadAsStringAsync(ct), request.RequestUri!, "broke off its answer", ct);
        try
        {
            using var health = JsonDocument.Parse(text);
            return VendorJson.Text(health.RootElement, "status") == "ok";
        }
        catch (JsonException)
        {
            // Other servers answer in words of their own.
            return false;
        }
    }

    private static bool IsMissing(HttpStatusCode status) => status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed;

    // It names itself, unless a proxy before it does.
    private async Task<bool> IsWhisperCppAsync(CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Versioned("/models"));
        using var response = await http.SendAsync(request, IsMissing, ct);
        return response.Headers.Server.Any(part => part.Product?.Name == "whisper.cpp") || await IsHealthyAsync(ct);
    }

    // Operators move it with --inference-path, usually to where OpenAI has it.
    private async Task<Uri> InferenceAsync(CancellationToken ct)
    {
        var usual = settings.Path.Length > 0 ? Below(settings.Path) : Root("/inference");
        var moved = Root("/v1" + Transcriptions);
        return settings.Path.Length == 0 && !await HasAsync(usual, ct) && await HasAsync(moved, ct) ? moved : usual;
    }

    private async Task<bool> HasAsync(Uri url, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, url);
        using var response = await http.SendAsync(request, _ => true, ct);
        return response.IsSuccessStatusCode;
    }

    private Uri Below(string path) => VendorAddress.Http(settings.BaseUrl, path);

    private Uri Versioned(string path) => Below(EndsWithVersion() ? path : "/v1" + path);

    private Uri Root(string path)
    {
        var url = Below("");
        return EndsWithVersion() ? new UriBuilder(url) { Path = url.AbsolutePath[..url.AbsolutePath.TrimEnd('/').LastIndexOf('/')] + path }.Uri : Below(path);
    }

    private bool EndsWithVersion() => Below("").Segments[^1].TrimEnd('/') is ['v', >= '0' and <= '9', ..];
}
