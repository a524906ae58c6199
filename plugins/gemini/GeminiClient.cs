using System.Globalization;
using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Chat;
using Aico.Plugins.Shared.ChatCompletions;
using Aico.Plugins.Shared.Http;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Gemini;

/// <summary>Google's own API: streamGenerateContent.</summary>
internal sealed class GeminiClient : ApiChatClient
{
    private readonly GeminiSettings _settings;
    private readonly Uri _models;

    /// <exception cref="ProviderException">The key cannot be one, or the settings contradict what the model takes.</exception>
    public GeminiClient(GeminiSettings settings, IProviderContext context)
        : base(new ApiConnection(context, settings.ApiKey, "x-goog-api-key", new Dictionary<string, string>()), "gemini", ApiConnection.Address(settings.BaseUrl), settings.Model)
    {
        ChatEffort.Check(settings.Endpoint());
        _settings = settings;
        _models = ApiConnection.Below(ApiConnection.Address(settings.BaseUrl), "/models");
    }

    public override async ValueTask<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken ct)
    {
        var models = new List<ModelInfo>();
        for (var token = ""; ;)
        {
            var url = new UriBuilder(_models) { Query = token.Length > 0 ? $"pageSize=1000&pageToken={Uri.EscapeDataString(token)}" : "pageSize=1000" }.Uri;
            using var page = await Connection.GetAsync(url, Connection.ErrorsOf(url, _settings.Model), ct);
            if (page.RootElement.ValueKind != System.Text.Json.JsonValueKind.Object)
            {
                throw new ProviderException(ProviderFailure.ProtocolError, $"{HttpFaults.Printable(url)} sent no list of models.");
            }

            models.AddRange(GeminiModelPage.Read(page.RootElement));
            // The same token again would be a list without an end.
            var next = StreamJson.Text(page.RootElement, "nextPageToken") ?? "";
            if (next.Length == 0 || next == token)
            {
                return models;
            }

            token = next;
        }
    }

    protected override Uri AddressOf(string asked) =>
        new UriBuilder(_models)
        {
            Path = string.Create(CultureInfo.InvariantCulture, $"{_models.AbsolutePath}/{Uri.EscapeDataString(asked)}:streamGenerateContent"),
            // Without it the stream is one JSON array.
            Query = "alt=sse",
        }.Uri;

    protected override ReadOnlyMemory<byte> Write(IEnumerable<ChatMessage> messages, ChatOptions? options, string asked) =>
        GeminiRequestWriter.Write(messages, options, _settings, asked);

    protected override IAnswerStream Read(ApiErrors errors) => new GeminiStream(errors);
}
