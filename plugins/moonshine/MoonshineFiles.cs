using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Plugins.Shared.Onnx;

namespace Aico.Plugins.Moonshine;

/// <summary>Where the parts of the model lie.</summary>
internal sealed record MoonshineFiles(string Library, string Encoder, string Decoder, string Vocabulary)
{
    private static readonly ProviderRequirement EncoderModel = Part("encoder.onnx");
    private static readonly ProviderRequirement DecoderModel = Part("decoder.onnx");
    private static readonly ProviderRequirement VocabularyFile = Part("vocabulary.txt");

    public static IReadOnlyList<ProviderRequirement> Requirements { get; } =
        [OnnxRuntime.Requirement, EncoderModel, DecoderModel, VocabularyFile];

    /// <exception cref="ProviderException">A part is missing.</exception>
    public static MoonshineFiles Find(IProviderContext context) => new(
        OnnxRuntime.Require(context, OnnxRuntime.Requirement),
        OnnxRuntime.Require(context, EncoderModel),
        OnnxRuntime.Require(context, DecoderModel),
        OnnxRuntime.Require(context, VocabularyFile));

    private static ProviderRequirement Part(string name) =>
        new(RequirementKind.Model, $"models/moonshine-tiny/{name}", OnnxRuntime.Requirement.HowToGet);
}
