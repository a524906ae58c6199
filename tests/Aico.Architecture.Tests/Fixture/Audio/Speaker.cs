namespace Aico.Architecture.Tests.Fixture.Audio;

internal sealed class Speaker
{
    public static int Played { get; private set; }

    public static void Play() => Played++;
}
