using System.Collections.Frozen;

namespace Aico.Host.Plugins;

/// <summary>
/// The assemblies that plugins get from the host, also where they carry a copy: Aico.Abstractions and everything that it references,
/// directly or not. A type of these may cross between host and plugin, so there must be one of it. A test compares the list with the
/// references.
/// </summary>
internal static class SharedAssemblies
{
    private static readonly FrozenSet<string> _names = FrozenSet.ToFrozenSet(
    [
        "Aico.Abstractions",
        "Microsoft.Extensions.AI.Abstractions",
        "Microsoft.Extensions.DependencyInjection.Abstractions",
        "Microsoft.Extensions.Logging.Abstractions",

        // Of the runtime itself; listed because a plugin that was published self-contained brings all of them.
        "Microsoft.Win32.Primitives",
        "System.Collections",
        "System.Collections.Concurrent",
        "System.Collections.Immutable",
        "System.Collections.NonGeneric",
        "System.Collections.Specialized",
        "System.ComponentModel",
        "System.ComponentModel.Annotations",
        "System.ComponentModel.Primitives",
        "System.ComponentModel.TypeConverter",
        "System.Diagnostics.DiagnosticSource",
        "System.Diagnostics.StackTrace",
        "System.Diagnostics.TraceSource",
        "System.Diagnostics.Tracing",
        "System.Drawing.Primitives",
        "System.Formats.Asn1",
        "System.IO.Compression",
        "System.IO.Compression.Brotli",
        "System.IO.MemoryMappedFiles",
        "System.IO.Pipelines",
        "System.Linq",
        "System.Linq.Expressions",
        "System.Memory",
        "System.Net.Http",
        "System.Net.NameResolution",
        "System.Net.NetworkInformation",
        "System.Net.Primitives",
        "System.Net.Quic",
        "System.Net.Security",
        "System.Net.Sockets",
        "System.Numerics.Vectors",
        "System.ObjectModel",
        "System.Private.CoreLib",
        "System.Private.Uri",
        "System.Private.Xml",
        "System.Private.Xml.Linq",
        "System.Reflection.Emit",
        "System.Reflection.Emit.ILGeneration",
        "System.Reflection.Emit.Lightweight",
        "System.Reflection.Metadata",
        "System.Reflection.Primitives",
        "System.Resources.Writer",
        "System.Runtime",
        "System.Runtime.InteropServices",
        "System.Runtime.Intrinsics",
        "System.Runtime.Loader",
        "System.Runtime.Numerics",
        "System.Runtime.Serialization.Formatters",
        "System.Security.Claims",
        "System.Security.Cryptography",
        "System.Text.Encoding.Extensions",
        "System.Text.Encodings.Web",
        "System.Text.Json",
        "System.Text.RegularExpressions",
        "System.Threading",
        "System.Threading.Channels",
        "System.Threading.Thread",
        "System.Threading.ThreadPool",
        "System.Xml.XDocument",
    ],
    StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyCollection<string> Names => _names;

    public static bool Contains(string? name) => name is not null && _names.Contains(name);
}
