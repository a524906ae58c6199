using System.Net;

namespace Aico.Host.Api;

/// <summary>The API was to listen to the network without a key.</summary>
internal sealed class ApiUnprotectedException(IPAddress address)
    : Exception($"The API would answer everybody on {address}: set AICO_INTERNAL_API_KEY, or listen on 127.0.0.1.");
