using Aico.Abstractions;
using Aico.Plugins.Shared.Onnx;

namespace Aico.Plugins.Moonshine;

/// <summary>
/// Writes the likeliest token, one after the other, from what the encoder heard. What the network remembers of the tokens before
/// goes from a run's outputs into the next run's inputs as it is, never through our memory.
/// </summary>
internal sealed class MoonshineDecoder : IDisposable
{
    private const int StartToken = 1;
    private const int EndToken = 2;

    // Places among the inputs: token, heard, whether there is memory, then the memory. Among the outputs: scores, then the memory.
    private const int FirstMemoryInput = 3;
    private const int FirstMemoryOutput = 1;

    private readonly OnnxRuntime _runtime;
    private readonly OnnxFunction _first;
    private readonly OnnxFunction _next;
    private readonly int _ownMemories;
    private readonly int _memories;
    private readonly OnnxTensor<bool> _hasMemory;
    private readonly OnnxTensor<bool> _hasNoMemory;
    private readonly OnnxTensor<float> _nothing;

    /// <exception cref="ProviderException">The model is another one.</exception>
    public MoonshineDecoder(OnnxRuntime runtime, OnnxSession session)
    {
        const string Past = "past_key_values.";
        _runtime = runtime;

        // The memory of the decoder's own tokens grows with every run; that of the encoder's output is made once, by the first run.
        var past = session.InputNames.Where(name => name.StartsWith(Past, StringComparison.Ordinal))
            .OrderBy(name => name.Contains(".encoder.", StringComparison.Ordinal)).ToArray();
        var present = past.Select(name => "present." + name[Past.Length..]).ToArray();
        _memories = past.Length;
        _ownMemories = past.Count(name => name.Contains(".decoder.", StringComparison.Ordinal));
        string[] inputs = ["input_ids", "encoder_hidden_states", "use_cache_branch", .. past];
        _first = new(session, inputs, ["logits", .. present]);
        _next = new(session, inputs, ["logits", .. present[.._ownMemories]]);

        _hasMemory = OnnxTensor<bool>.Zeros(runtime, 1);
        _hasMemory.Elements[0] = true;
        _hasNoMemory = OnnxTensor<bool>.Zeros(runtime, 1);
        // Attention heads and their size in Moonshine tiny.
        _nothing = OnnxTensor<float>.Zeros(runtime, 0, 8, 1, 36);
    }

    /// <summary>Returns the tokens, without start and end.</summary>
    /// <param name="heard">The encoder's output.</param>
    /// <param name="limit">The most tokens to write.</param>
    /// <param name="stop">Ends the run in progress.</param>
    /// <param name="ct">Ends the work between two runs.</param>
    public IReadOnlyList<int> Run(OnnxValue heard, int limit, OnnxRunOptions stop, CancellationToken ct)
    {
        using var token = OnnxTensor<long>.Zeros(_runtime, 1, 1);
        token.Elements[0] = StartToken;
        var inputs = new OnnxValue[FirstMemoryInput + _memories];
        inputs[0] = token;
        inputs[1] = heard;
        inputs[2] = _hasNoMemory;
        Array.Fill(inputs, _nothing, FirstMemoryInput, _memories);
        var tokens = new List<int>(limit);
        try
        {
            Step(_first, inputs, _memories, stop);
            inputs[2] = _hasMemory;
            while (token.Elements[0] != EndToken && tokens.Count < limit)
            {
                ct.ThrowIfCancellationRequested();
                tokens.Add((int)token.Elements[0]);
                Step(_next, inputs, _ownMemories, stop);
            }

            return tokens;
        }
        finally
        {
            foreach (var memory in inputs.AsSpan(FirstMemoryInput))
            {
                Forget(memory);
            }
        }

        // Runs once, puts the likeliest token in place and the new memories over the old.
        void Step(OnnxFunction function, OnnxValue[] values, int changed, OnnxRunOptions options)
        {
            var outputs = new OnnxValue?[FirstMemoryOutput + changed];
            function.Run(values, outputs, options);
            using var scores = outputs[0]!;
            for (var i = 0; i < changed; i++)
            {
                Forget(values[FirstMemoryInput + i]);
                values[FirstMemoryInput + i] = outputs[FirstMemoryOutput + i]!;
            }

            token.Elements[0] = Likeliest(scores.Read<float>());
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _hasMemory.Dispose();
        _hasNoMemory.Dispose();
        _nothing.Dispose();
    }

    private void Forget(OnnxValue memory)
    {
        if (memory != _nothing)
        {
            memory.Dispose();
        }
    }

    private static int Likeliest(ReadOnlySpan<float> scores)
    {
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
            {
                best = i;
            }
        }

        return best;
    }
}
