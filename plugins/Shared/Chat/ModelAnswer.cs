using System.Globalization;
using Aico.Abstractions.Plugins;
using Microsoft.Extensions.AI;

namespace Aico.Plugins.Shared.Chat;

/// <summary>Answers that every vendor's client gives in the same words.</summary>
internal static class ModelAnswer
{
    /// <summary>No words at all, because a content filter refused those of the prompt.</summary>
    public static ChatResponseUpdate Filtered() => new(ChatRole.Assistant, []) { FinishReason = ChatFinishReason.ContentFilter };

    /// <summary>What a list of models proves: the key works, and the model is there or not.</summary>
    public static ProbeReport Report(string model, IReadOnlyList<ModelInfo> models)
    {
        var found = models.FirstOrDefault(known => known.Id == model);
        return (model.Length, found) switch
        {
            (0, _) => new ProbeReport($"The service answers and offers {models.Count} models; none is set."),
            (_, null) => new ProbeReport("The service answers and takes the credential.") { Warnings = [$"It does not list the model \"{model}\"."] },
            (_, { EndsOn: { } day }) => new ProbeReport($"The service takes the credential and has the model \"{model}\".")
            {
                Warnings = [$"The model \"{model}\" is served until {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}."],
            },
            _ => new ProbeReport($"The service takes the credential and has the model \"{model}\"."),
        };
    }
}
