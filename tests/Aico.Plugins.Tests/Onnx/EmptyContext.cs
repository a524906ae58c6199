using Aico.Abstractions.Plugins;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aico.Plugins.Tests.Onnx;

/// <summary>A machine on which nothing was brought.</summary>
internal sealed class EmptyContext : IProviderContext
{
    public HttpMessageHandler HttpHandler => throw new NotSupportedException("A local model makes no connection.");

    public ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public TimeProvider TimeProvider => TimeProvider.System;

    public string? Find(ProviderRequirement requirement) => null;
}
