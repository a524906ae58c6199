using System.Buffers.Binary;
using Aico.Testing.Vendors;
using Microsoft.AspNetCore.Http;

namespace Aico.Testing.OpenAI;

/// <summary>The form that comes with an utterance, read as strictly as the strictest server reads it.</summary>
/// <param name="Fields">The fields beside the file, in their order.</param>
/// <param name="FileName">The file's name as it was sent; "" where no file came.</param>
/// <param name="File">The file.</param>
internal sealed record FakeUtterance(IReadOnlyList<(string Name, string Value)> Fields, string FileName, byte[] File)
{
    private const int HeadBytes = 44;

    /// <summary>True where it is a WAV file of 16 bits whose lengths are true.</summary>
    public bool IsWav => File.Length >= HeadBytes
        && File.AsSpan(0, 4).SequenceEqual("RIFF"u8) && File.AsSpan(8, 8).SequenceEqual("WAVEfmt "u8) && File.AsSpan(36, 4).SequenceEqual("data"u8)
        && Int(4) == File.Length - 8 && Int(40) == File.Length - HeadBytes && Int(16) == 16 && Short(20) == 1 && Short(34) == 16
        && Int(28) == Int(24) * Short(22) * 2 && Short(32) == Short(22) * 2;

    public int SampleRate => Int(24);

    public double Seconds => (File.Length - HeadBytes) / (double)Int(28);

    public bool IsLoud => FakeSpeech.IsLoud(File.AsSpan(HeadBytes));

    public string? Find(string name) => Fields.FirstOrDefault(field => field.Name == name).Value;

    /// <summary>Reads the form and records its fields; null where the body is none.</summary>
    public static async Task<FakeUtterance?> ReadAsync(HttpContext context, FakeVendor vendor)
    {
        if (!context.Request.HasFormContentType)
        {
            return null;
        }

        var form = await context.Request.ReadFormAsync();
        var fields = form.SelectMany(field => field.Value.Select(value => (field.Key, value ?? ""))).ToList();
        vendor.Record(string.Join(' ', fields.Select(field => $"{field.Key}={field.Item2}")));
        if (form.Files.GetFile("file") is not { } file)
        {
            return new FakeUtterance(fields, "", []);
        }

        if (file.FileName != Path.GetFileName(file.FileName))
        {
            vendor.Violate($"the file's name {file.FileName} tells a path");
        }

        if (string.IsNullOrEmpty(file.ContentType))
        {
            vendor.Violate("the file has no Content-Type");
        }

        using var copy = new MemoryStream();
        await file.CopyToAsync(copy);
        return new FakeUtterance(fields, file.FileName, copy.ToArray());
    }

    private int Int(int at) => BinaryPrimitives.ReadInt32LittleEndian(File.AsSpan(at));

    private short Short(int at) => BinaryPrimitives.ReadInt16LittleEndian(File.AsSpan(at));
}
