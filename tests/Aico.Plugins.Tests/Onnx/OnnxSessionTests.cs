extern alias silero;

using Aico.Abstractions;
using Aico.Testing;
using silero::Aico.Plugins.Shared.Onnx;

namespace Aico.Plugins.Tests.Onnx;

public class OnnxSessionTests
{
    private static readonly string[] Inputs = ["input", "state", "sr"];
    private static readonly string[] Outputs = ["output", "stateN"];

    private readonly OnnxRuntime _runtime = OnnxRuntime.Load(NativeContext.Library);
    private readonly string _model = NativeContext.Required("models/silero/silero_vad.onnx");

    [Test]
    public void Knows_the_inputs_and_outputs_of_a_model()
    {
        using var session = new OnnxSession(_runtime, _model);

        session.InputNames.Should().BeEquivalentTo(Inputs);
        session.OutputNames.Should().BeEquivalentTo(Outputs);
    }

    [Test]
    public void Gives_values_that_the_library_made_and_fills_those_that_we_made()
    {
        using var session = new OnnxSession(_runtime, _model);
        using var values = new SileroValues(_runtime);
        using var ours = OnnxTensor<float>.Zeros(_runtime, 1, 1);
        OnnxValue?[] given = [ours, null];
        OnnxValue?[] made = [null, null];
        var function = new OnnxFunction(session, Inputs, Outputs);

        function.Run(values.All, given);
        function.Run(values.All, made);

        given[0].Should().BeSameAs(ours);
        ours.Elements[0].Should().BeGreaterThan(0);
        made[0]!.Read<float>().ToArray().Should().Equal(ours.Elements[0]);
        made[1]!.Read<float>().Length.Should().Be(256);
        foreach (var value in made.Append(given[1]))
        {
            value!.Dispose();
        }
    }

    [Test]
    public void Loads_a_model_from_a_folder_with_letters_beyond_ASCII()
    {
        var folder = Directory.CreateTempSubdirectory("modèle-模型-");
        try
        {
            var copy = Path.Combine(folder.FullName, "silero.onnx");
            File.Copy(_model, copy);

            using var session = new OnnxSession(_runtime, copy);

            session.Name.Should().Be("silero.onnx");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public void Says_what_is_wrong_with_a_model_file()
    {
        var broken = Path.Combine(TestPaths.Repository, "Aico.sln");

        FluentActions.Invoking(() => new OnnxSession(_runtime, broken))
            .Should().Throw<ProviderException>().WithMessage("ONNX Runtime: *Aico.sln*")
            .Which.Failure.Should().Be(ProviderFailure.ProtocolError);
        FluentActions.Invoking(() => new OnnxSession(_runtime, broken + ".none"))
            .Should().Throw<ProviderException>().WithMessage("ONNX Runtime: *Aico.sln.none*")
            .Which.Failure.Should().Be(ProviderFailure.Unavailable);
    }

    [Test]
    public void Refuses_a_model_without_the_inputs_it_needs_and_names_those_that_it_has()
    {
        using var session = new OnnxSession(_runtime, _model);

        FluentActions.Invoking(() => new OnnxFunction(session, ["input_ids"], Outputs))
            .Should().Throw<ProviderException>().WithMessage("*silero_vad.onnx has no input \"input_ids\", only input, state, sr*")
            .Which.Failure.Should().Be(ProviderFailure.ProtocolError);
    }

    [Test]
    public void Reports_a_run_that_the_library_refuses()
    {
        using var session = new OnnxSession(_runtime, _model);
        using var values = new SileroValues(_runtime);
        using var wrong = OnnxTensor<float>.Zeros(_runtime, 3, 1, 128);
        var function = new OnnxFunction(session, Inputs, Outputs);

        FluentActions.Invoking(() => function.Run([values.Samples, wrong, values.Rate], new OnnxValue?[2]))
            .Should().Throw<ProviderException>().WithMessage("ONNX Runtime: *")
            .Which.Message.Length.Should().BeGreaterThan("ONNX Runtime: ".Length);
    }

    [Test]
    public void Refuses_to_read_elements_as_another_type()
    {
        using var rate = OnnxTensor<long>.Zeros(_runtime);

        rate.Read<long>().Length.Should().Be(1);
        FluentActions.Invoking(() => rate.Read<float>().Length).Should().Throw<ProviderException>();
    }

    [Test]
    public void A_terminated_run_fails()
    {
        using var session = new OnnxSession(_runtime, _model);
        using var values = new SileroValues(_runtime);
        using var stop = new OnnxRunOptions(_runtime);
        var function = new OnnxFunction(session, Inputs, Outputs);

        FluentActions.Invoking(() => function.Run(values.All, new OnnxValue?[2], stop)).Should().NotThrow();
        stop.Terminate();

        FluentActions.Invoking(() => function.Run(values.All, new OnnxValue?[2], stop)).Should().Throw<ProviderException>();
    }

    [Test]
    public void A_disposed_session_is_not_run()
    {
        var session = new OnnxSession(_runtime, _model);
        using var values = new SileroValues(_runtime);
        var function = new OnnxFunction(session, Inputs, Outputs);

        session.Dispose();

        FluentActions.Invoking(() => function.Run(values.All, new OnnxValue?[2])).Should().Throw<ObjectDisposedException>();
    }

    private sealed class SileroValues : IDisposable
    {
        private readonly OnnxTensor<float> _state;

        public SileroValues(OnnxRuntime runtime)
        {
            Samples = OnnxTensor<float>.Zeros(runtime, 1, 576);
            _state = OnnxTensor<float>.Zeros(runtime, 2, 1, 128);
            Rate = OnnxTensor<long>.Zeros(runtime);
            Rate.Elements[0] = 16_000;
        }

        public OnnxTensor<float> Samples { get; }

        public OnnxTensor<long> Rate { get; }

        public OnnxValue[] All => [Samples, _state, Rate];

        public void Dispose()
        {
            Samples.Dispose();
            _state.Dispose();
            Rate.Dispose();
        }
    }
}
