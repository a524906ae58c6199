using System.Runtime.InteropServices;
using Aico.Abstractions;

namespace Aico.Plugins.Shared.Onnx;

/// <summary>
/// The functions of ONNX Runtime's C interface that AICO uses, called through the table that the library hands out. A position
/// in the table never changes once a version had it, so the numbers here hold for every library from version 17 of the table on.
/// </summary>
/// <remarks>Handles are raw here; <see cref="OnnxHandle"/> and its children own them. Safe for concurrent use.</remarks>
internal sealed unsafe class OnnxApi
{
    private const uint TableVersion = 17;

    // Faults come back as statuses with their text, so nothing is lost by keeping the library off stderr.
    private const int LogFatalOnly = 4;

    private const int AllOptimizations = 99;

    private readonly void** _table;

    private OnnxApi(void** table) => _table = table;

    /// <summary>Loads the library. It stays loaded: its threads and its registered operators outlive every session.</summary>
    public static OnnxApi Load(string path)
    {
        nint library;
        try
        {
            library = NativeLibrary.Load(path);
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            throw new ProviderException(
                ProviderFailure.Unavailable, $"ONNX Runtime cannot be loaded from {path}; {OnnxRuntime.Requirement.HowToGet} brings the right one.", exception);
        }

        if (!NativeLibrary.TryGetExport(library, "OrtGetApiBase", out var getBase))
        {
            throw new ProviderException(ProviderFailure.Unavailable, $"{path} is not ONNX Runtime: it has no OrtGetApiBase.");
        }

        var apiBase = ((delegate* unmanaged<void**>)getBase)();
        var table = ((delegate* unmanaged<uint, void**>)apiBase[0])(TableVersion);
        return table is not null
            ? new(table)
            : throw new ProviderException(
                ProviderFailure.Unavailable,
                $"The ONNX Runtime in {path} is too old: version {Marshal.PtrToStringUTF8(((delegate* unmanaged<nint>)apiBase[1])())}, at least 1.{TableVersion} is needed.");
    }

    public nint CreateEnvironment()
    {
        nint environment;
        fixed (byte* name = "aico"u8)
        {
            Check(((delegate* unmanaged<int, byte*, nint*, nint>)_table[3])(LogFatalOnly, name, &environment));
        }

        // Only the Windows builds have telemetry, and only there it is on unless told otherwise.
        Check(((delegate* unmanaged<nint, nint>)_table[6])(environment));
        return environment;
    }

    public nint CreateSession(nint environment, string path)
    {
        nint options, session;
        Check(((delegate* unmanaged<nint*, nint>)_table[10])(&options));
        try
        {
            // One thread a run, the caller's: calls run side by side, and two threads made one run no faster (RTF 0.031 against 0.025).
            Check(((delegate* unmanaged<nint, int, nint>)_table[23])(options, AllOptimizations));
            Check(((delegate* unmanaged<nint, int, nint>)_table[24])(options, 1));
            Check(((delegate* unmanaged<nint, int, nint>)_table[25])(options, 1));

            // Every utterance has another length, and the library would keep an allocation plan for each: 502 MB instead of 718 MB
            // after eight parallel decodes. The arena stays: without it 60 MB are saved at three times the processor time.
            Check(((delegate* unmanaged<nint, nint>)_table[17])(options));

            // The library takes wchar_t on Windows, where that is UTF-16, and bytes elsewhere.
            fixed (char* wide = path)
            fixed (byte* narrow = System.Text.Encoding.UTF8.GetBytes(path + '\0'))
            {
                var native = OperatingSystem.IsWindows() ? (void*)wide : narrow;
                Check(((delegate* unmanaged<nint, void*, nint, nint*, nint>)_table[7])(environment, native, options, &session));
            }

            return session;
        }
        finally
        {
            Release(100, options);
        }
    }

    /// <summary>Names of a session's inputs or outputs, in the model's order.</summary>
    public string[] NamesOf(nint session, bool inputs)
    {
        nint allocator;
        Check(((delegate* unmanaged<nint*, nint>)_table[78])(&allocator));
        nuint count;
        Check(((delegate* unmanaged<nint, nuint*, nint>)_table[inputs ? 30 : 31])(session, &count));

        var names = new string[(int)count];
        for (nuint i = 0; i < count; i++)
        {
            nint name;
            Check(((delegate* unmanaged<nint, nuint, nint, nint*, nint>)_table[inputs ? 36 : 37])(session, i, allocator, &name));
            names[(int)i] = Marshal.PtrToStringUTF8(name)!;
            Check(((delegate* unmanaged<nint, nint, nint>)_table[76])(allocator, name));
        }

        return names;
    }

    /// <summary>Runs on the calling thread. Outputs that are 0 are made by the library, the others are written to.</summary>
    public void Run(nint session, nint options, nint* inputNames, nint* inputs, int inputCount, nint* outputNames, nint* outputs, int outputCount) =>
        Check(((delegate* unmanaged<nint, nint, nint*, nint*, nuint, nint*, nuint, nint*, nint>)_table[9])(
            session, options, inputNames, inputs, (nuint)inputCount, outputNames, (nuint)outputCount, outputs));

    public nint CreateRunOptions()
    {
        nint options;
        Check(((delegate* unmanaged<nint*, nint>)_table[39])(&options));
        return options;
    }

    public void Terminate(nint runOptions) => Check(((delegate* unmanaged<nint, nint>)_table[46])(runOptions));

    public nint CreateCpuMemoryInfo()
    {
        nint info;
        Check(((delegate* unmanaged<int, int, nint*, nint>)_table[69])(0, 0, &info));
        return info;
    }

    /// <summary>Makes a value over memory that must outlive it.</summary>
    public nint CreateTensor(nint memoryInfo, void* data, nuint bytes, ReadOnlySpan<long> shape, int elementType)
    {
        nint value;
        fixed (long* dimensions = shape)
        {
            Check(((delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)_table[49])(
                memoryInfo, data, bytes, dimensions, (nuint)shape.Length, elementType, &value));
        }

        return value;
    }

    public void* DataOf(nint value)
    {
        void* data;
        Check(((delegate* unmanaged<nint, void**, nint>)_table[51])(value, &data));
        return data;
    }

    /// <summary>Element type and number of elements of a tensor.</summary>
    public (int ElementType, int Count) ElementsOf(nint value)
    {
        nint info;
        Check(((delegate* unmanaged<nint, nint*, nint>)_table[65])(value, &info));
        try
        {
            int type;
            nuint count;
            Check(((delegate* unmanaged<nint, int*, nint>)_table[60])(info, &type));
            Check(((delegate* unmanaged<nint, nuint*, nint>)_table[64])(info, &count));
            return (type, checked((int)count));
        }
        finally
        {
            Release(99, info);
        }
    }

    public void ReleaseSession(nint session) => Release(95, session);

    public void ReleaseValue(nint value) => Release(96, value);

    public void ReleaseRunOptions(nint options) => Release(97, options);

    private void Release(int position, nint handle) => ((delegate* unmanaged<nint, void>)_table[position])(handle);

    private void Check(nint status)
    {
        if (status != 0)
        {
            Throw(status);
        }
    }

    private void Throw(nint status)
    {
        var code = ((delegate* unmanaged<nint, int>)_table[1])(status);
        var message = Marshal.PtrToStringUTF8(((delegate* unmanaged<nint, nint>)_table[2])(status));
        Release(93, status);

        // 2, 4, 7, 9, 10: a bad argument, no model, a broken file, an unknown operator, a broken graph. The same again fails again.
        var failure = code is 2 or 4 or 7 or 9 or 10 ? ProviderFailure.ProtocolError : ProviderFailure.Unavailable;
        throw new ProviderException(failure, $"ONNX Runtime: {message}");
    }
}
