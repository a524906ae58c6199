extern alias silero;

using Aico.Abstractions;
using Aico.Abstractions.Plugins;
using Aico.Testing;
using silero::Aico.Plugins.Shared.Onnx;

namespace Aico.Plugins.Tests.Onnx;

public class OnnxRuntimeTests
{
    [Test]
    public void Loads_a_library_once()
    {
        OnnxRuntime.Load(NativeContext.Library).Should().BeSameAs(OnnxRuntime.Load(NativeContext.Library));
    }

    [Test]
    public void Says_how_to_get_the_library_where_it_cannot_be_loaded()
    {
        var nothing = Path.Combine(TestPaths.Repository, "Aico.sln");

        FluentActions.Invoking(() => OnnxRuntime.Load(nothing))
            .Should().Throw<ProviderException>().WithMessage("*Aico.sln*build.sh*")
            .Which.Failure.Should().Be(ProviderFailure.Unavailable);
    }

    [Test]
    public void Says_how_to_get_a_file_that_is_missing()
    {
        var model = new ProviderRequirement(RequirementKind.Model, "models/some.onnx", "./build.sh");

        FluentActions.Invoking(() => OnnxRuntime.Require(new EmptyContext(), model))
            .Should().Throw<ProviderException>().WithMessage("The model file models/some.onnx is missing; get it with: ./build.sh.")
            .Which.Failure.Should().Be(ProviderFailure.Unavailable);
    }
}
