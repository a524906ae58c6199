using Aico.Host.Providers;
using Aico.Host.Providers.Fallback;
using Microsoft.Extensions.Logging;

namespace Aico.Host.Calls.Agents;

/// <summary>What of the host agents are made with.</summary>
internal sealed record AgentMaking(ProviderFactory Factory, ProviderCatalog Catalog, ProviderHealth Health, TimeProvider Time, ILogger Logger);
