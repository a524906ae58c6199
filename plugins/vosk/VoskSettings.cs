using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Aico.Plugins.Vosk;

internal sealed record VoskSettings
{
    [Description("The machine on which the server runs, by name or address.")]
    [Required]
    public string Host { get; init; } = "127.0.0.1";

    [Description("The server's port.")]
    [Range(1, 65_535)]
    public int Port { get; init; } = 2700;

    [Description("The server stands behind a proxy that speaks TLS.")]
    public bool UseTls { get; init; }

    [Description("Asks for the times of words.")]
    public bool Words { get; init; } = true;

    [Description("The only words and phrases that can be understood, for menus and the like; \"[unk]\" stands for all others. Empty: everything. Models with a fixed graph ignore it.")]
    public IReadOnlyList<string> Phrases { get; init; } = [];

    [Description("A model by its path on the server, where it has several. Empty: the server's own.")]
    public string Model { get; init; } = "";

    [Description("Sends the configuration first. The C++ server takes it for audio: switch it off there, and start the server with the rate of 16000.")]
    public bool SendConfiguration { get; init; } = true;
}
