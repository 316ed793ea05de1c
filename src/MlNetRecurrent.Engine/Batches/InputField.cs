using System.Globalization;

namespace MlNetRecurrent.Engine.Batches;

/// <summary>A named input of an example: numbers, or tokens that become learned vectors.</summary>
/// <param name="Name">The name, for messages and files.</param>
/// <param name="Size">The number of features that it gives to a step: its numbers, or the size of a token's vector.</param>
/// <param name="Tokens">The number of tokens, the unknown one (0) included; 0 where the input is numbers.</param>
/// <param name="IsStatic">Whether an example has one value of it, which every step reads, rather than one for each step.</param>
internal sealed record InputField(string Name, int Size, int Tokens = 0, bool IsStatic = false)
{
    /// <summary>The name of the only input of an example that has no other.</summary>
    public const string OnlyName = "Features";

    /// <summary>Whether it is tokens.</summary>
    public bool HasTokens => Tokens > 0;

    /// <summary>The name and the sizes, for messages.</summary>
    public string Describe()
    {
        string content = HasTokens
            ? string.Create(CultureInfo.InvariantCulture, $"{Tokens - 1} keys, vectors of size {Size}")
            : string.Create(CultureInfo.InvariantCulture, $"{Size} number{(Size == 1 ? "" : "s")}");
        return $"'{Name}' ({content}{(IsStatic ? ", static" : "")})";
    }
}
