using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Aico.Host.LiveKit.Rtc.Native;

/// <summary>What a native library is built for, and the functions of Node.js that it leaves open. Read from the file, nothing is loaded.</summary>
internal sealed record NativeImage(string Platform, IReadOnlyList<string> OpenNodeFunctions)
{
    private const int ElfHeaderBytes = 64;
    private const int SectionHeaderBytes = 64;
    private const int SymbolBytes = 24;
    private const uint DynamicSymbols = 11; // SHT_DYNSYM

    /// <summary>The platform of this process, as <see cref="Platform"/> says it.</summary>
    public static string ThisPlatform { get; } =
        (OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "macos" : "linux") + "-" + (
            RuntimeInformation.ProcessArchitecture switch { Architecture.X64 => "x64", Architecture.Arm64 => "arm64", var other => other.ToString() });

    public static NativeImage Read(string path)
    {
        using var file = File.OpenHandle(path);
        var header = Bytes(file, 0, ElfHeaderBytes);
        if (header.Length < ElfHeaderBytes)
        {
            return new NativeImage("no library", []);
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(header) switch
        {
            0x464C457F when header[4] == 2 && header[5] == 1 => new NativeImage(
                $"linux-{ElfMachine(BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(18)))}", NodeFunctions(file, header)),
            0xFEEDFACF => new NativeImage($"macos-{MachMachine(BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4)))}", []),
            _ when header[0] == 'M' && header[1] == 'Z' => new NativeImage($"windows-{PeMachine(file, header)}", []),
            _ => new NativeImage("no library", []),
        };
    }

    private static string ElfMachine(ushort machine) => machine switch { 62 => "x64", 183 => "arm64", _ => $"machine {machine}" };

    private static string MachMachine(uint machine) =>
        machine switch { 0x0100_0007 => "x64", 0x0100_000C => "arm64", _ => $"machine {machine:x}" };

    private static string PeMachine(SafeFileHandle file, byte[] header)
    {
        var machine = Bytes(file, BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(60)) + 4, 2);
        return machine.Length < 2
            ? "machine unknown"
            : BinaryPrimitives.ReadUInt16LittleEndian(machine) switch { 0x8664 => "x64", 0xAA64 => "arm64", var other => $"machine {other:x}" };
    }

    private static List<string> NodeFunctions(SafeFileHandle file, byte[] header)
    {
        var names = new List<string>();
        var sections = Bytes(file, (long)BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(40)),
            BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(60)) * SectionHeaderBytes);
        for (var at = 0; at + SectionHeaderBytes <= sections.Length; at += SectionHeaderBytes)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(sections.AsSpan(at + 4)) != DynamicSymbols)
            {
                continue;
            }

            var strings = (int)BinaryPrimitives.ReadUInt32LittleEndian(sections.AsSpan(at + 40)) * SectionHeaderBytes;
            var symbols = Section(file, sections, at);
            var text = Section(file, sections, strings);
            for (var symbol = 0; symbol + SymbolBytes <= symbols.Length; symbol += SymbolBytes)
            {
                var isDefined = BinaryPrimitives.ReadUInt16LittleEndian(symbols.AsSpan(symbol + 6)) != 0;
                var name = Name(text, (int)BinaryPrimitives.ReadUInt32LittleEndian(symbols.AsSpan(symbol)));
                if (!isDefined && name.StartsWith("napi_", StringComparison.Ordinal))
                {
                    names.Add(name);
                }
            }
        }

        return names;
    }

    private static byte[] Section(SafeFileHandle file, byte[] sections, int at) =>
        at + SectionHeaderBytes > sections.Length
            ? []
            : Bytes(file, (long)BinaryPrimitives.ReadUInt64LittleEndian(sections.AsSpan(at + 24)),
                (int)Math.Min(int.MaxValue, BinaryPrimitives.ReadUInt64LittleEndian(sections.AsSpan(at + 32))));

    private static string Name(byte[] text, int at)
    {
        if (at >= text.Length)
        {
            return "";
        }

        var end = Array.IndexOf(text, (byte)0, at);
        return Encoding.ASCII.GetString(text, at, (end < 0 ? text.Length : end) - at);
    }

    /// <summary>At most what the file holds: sizes come from the file and may lie.</summary>
    private static byte[] Bytes(SafeFileHandle file, long offset, int count)
    {
        var length = RandomAccess.GetLength(file);
        if (offset < 0 || offset >= length)
        {
            return [];
        }

        var bytes = new byte[(int)Math.Min(count, length - offset)];
        var read = 0;
        while (read < bytes.Length && RandomAccess.Read(file, bytes.AsSpan(read), offset + read) is > 0 and var more)
        {
            read += more;
        }

        return bytes;
    }
}
