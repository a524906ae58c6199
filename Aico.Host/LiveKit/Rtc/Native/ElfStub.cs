using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Aico.Host.LiveKit.Rtc.Native;

/// <summary>
/// Writes a shared library for Linux that defines functions which only fail. LiveKit's library is built for Node.js and leaves Node's
/// functions open; it never calls them when it is used without Node, but it does not load without them.
/// </summary>
internal static class ElfStub
{
    public const string LibraryName = "libaico-node-stub.so";

    // Pages are at most 64 KiB. The dynamic section lies one such page above its place in the file, in a segment of its own: the loader writes to it.
    private const int PageBytes = 0x10000;
    private const int HeaderBytes = 64;
    private const int ProgramHeaderBytes = 56;
    private const int ProgramHeaders = 4;
    private const int SymbolBytes = 24;
    private const int DynamicBytes = 16 * 7;

    /// <summary>Returns 9, napi_generic_failure.</summary>
    private static ReadOnlySpan<byte> CodeX64 => [0xB8, 0x09, 0x00, 0x00, 0x00, 0xC3, 0x90, 0x90];

    private static ReadOnlySpan<byte> CodeArm64 => [0x20, 0x01, 0x80, 0x52, 0xC0, 0x03, 0x5F, 0xD6];

    public static byte[] Write(IReadOnlyList<string> functions, Architecture architecture)
    {
        var isX64 = architecture == Architecture.X64;
        if (!isX64 && architecture != Architecture.Arm64)
        {
            throw new NotSupportedException($"There is no stub for {architecture}.");
        }

        var code = isX64 ? CodeX64 : CodeArm64;
        var text = new MemoryStream();
        text.WriteByte(0);
        var libraryName = Append(text, LibraryName);
        var names = functions.Select(function => Append(text, function)).ToArray();

        var symbolsAt = HeaderBytes + (ProgramHeaders * ProgramHeaderBytes);
        var hashAt = symbolsAt + ((functions.Count + 1) * SymbolBytes);
        var textAt = hashAt + (4 * (2 + functions.Count + functions.Count + 1));
        var codeAt = Align(textAt + (int)text.Length, 16);
        var dynamicAt = Align(codeAt + code.Length, 16);
        var file = new byte[dynamicAt + DynamicBytes];

        Header(file, machine: isX64 ? (ushort)62 : (ushort)183);
        Segment(file, 0, type: 1, flags: 5, offset: 0, address: 0, size: dynamicAt, align: PageBytes);
        Segment(file, 1, type: 1, flags: 6, dynamicAt, PageBytes + dynamicAt, DynamicBytes, PageBytes);
        Segment(file, 2, type: 2, flags: 6, dynamicAt, PageBytes + dynamicAt, DynamicBytes, align: 8);
        // Without this one the loader makes every thread's stack executable.
        Segment(file, 3, type: 0x6474E551, flags: 6, 0, 0, 0, align: 16);

        for (var i = 0; i < functions.Count; i++)
        {
            var symbol = file.AsSpan(symbolsAt + ((i + 1) * SymbolBytes), SymbolBytes);
            BinaryPrimitives.WriteUInt32LittleEndian(symbol, (uint)names[i]);
            symbol[4] = 0x12; // a global function
            BinaryPrimitives.WriteUInt16LittleEndian(symbol[6..], 1);
            BinaryPrimitives.WriteUInt64LittleEndian(symbol[8..], (ulong)codeAt);
            BinaryPrimitives.WriteUInt64LittleEndian(symbol[16..], (ulong)code.Length);
        }

        HashTable(file.AsSpan(hashAt, textAt - hashAt), functions);
        text.ToArray().CopyTo(file, textAt);
        code.CopyTo(file.AsSpan(codeAt));

        ReadOnlySpan<(ulong Tag, long Value)> dynamic =
            [(14, libraryName), (4, hashAt), (5, textAt), (6, symbolsAt), (10, text.Length), (11, SymbolBytes), (0, 0)];
        for (var i = 0; i < dynamic.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(dynamicAt + (16 * i)), dynamic[i].Tag);
            BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(dynamicAt + (16 * i) + 8), dynamic[i].Value);
        }

        return file;
    }

    private static void Header(Span<byte> file, ushort machine)
    {
        ReadOnlySpan<byte> identification = [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        identification.CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file[16..], 3); // a shared library
        BinaryPrimitives.WriteUInt16LittleEndian(file[18..], machine);
        BinaryPrimitives.WriteUInt32LittleEndian(file[20..], 1);
        BinaryPrimitives.WriteUInt64LittleEndian(file[32..], HeaderBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(file[52..], HeaderBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(file[54..], ProgramHeaderBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(file[56..], ProgramHeaders);
    }

    private static void Segment(Span<byte> file, int index, uint type, uint flags, int offset, int address, int size, int align)
    {
        var header = file.Slice(HeaderBytes + (index * ProgramHeaderBytes), ProgramHeaderBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(header, type);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], flags);
        BinaryPrimitives.WriteUInt64LittleEndian(header[8..], (ulong)offset);
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], (ulong)address);
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], (ulong)address);
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], (ulong)size);
        BinaryPrimitives.WriteUInt64LittleEndian(header[40..], (ulong)size);
        BinaryPrimitives.WriteUInt64LittleEndian(header[48..], (ulong)align);
    }

    /// <summary>The table of System V: as many buckets as names, since every library loaded later is looked for in here too.</summary>
    private static void HashTable(Span<byte> table, IReadOnlyList<string> functions)
    {
        var words = MemoryMarshal.Cast<byte, uint>(table);
        var count = (uint)functions.Count;
        words[0] = count;
        words[1] = count + 1;
        var buckets = words.Slice(2, functions.Count);
        var chains = words[(2 + functions.Count)..];
        for (var i = 0; i < functions.Count; i++)
        {
            var bucket = (int)(Hash(functions[i]) % count);
            chains[i + 1] = buckets[bucket];
            buckets[bucket] = (uint)i + 1;
        }
    }

    private static uint Hash(string name)
    {
        var hash = 0u;
        foreach (var letter in name)
        {
            hash = (hash << 4) + letter;
            var high = hash & 0xF000_0000;
            hash = (hash ^ (high >> 24)) & ~high;
        }

        return hash;
    }

    private static long Append(MemoryStream text, string name)
    {
        var at = text.Length;
        text.Write(Encoding.ASCII.GetBytes(name));
        text.WriteByte(0);
        return at;
    }

    private static int Align(int value, int to) => (value + to - 1) / to * to;
}
