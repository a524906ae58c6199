using System.Text.Json;

namespace Aico.Host.Plugins;

/// <summary>Why a plugin contributes nothing.</summary>
/// <param name="Reason">The category, for programs.</param>
/// <param name="Message">What happened, as a sentence.</param>
/// <param name="Remedy">What to do, as a sentence.</param>
internal sealed record PluginRejection(PluginRejectionReason Reason, string Message, string Remedy)
{
    /// <summary>The category as it is shown, such as "contract-too-new".</summary>
    public string Code => JsonNamingPolicy.KebabCaseLower.ConvertName(Reason.ToString());
}
