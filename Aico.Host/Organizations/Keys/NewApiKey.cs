using Aico.Abstractions.Plugins;
using Aico.Host.Storage;

namespace Aico.Host.Organizations.Keys;

/// <param name="Row">What is kept of it.</param>
/// <param name="Token">The key itself: to be shown this once, and kept by nobody here.</param>
internal sealed record NewApiKey(ApiKeyRow Row, Secret Token);
