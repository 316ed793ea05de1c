using System.Globalization;
using System.Text.Json.Serialization;

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

    /// <summary>The most characters of a step.</summary>
    public const int MostCharacters = 1 << 12;

    /// <summary>The number of characters of each step, which are tokens and become one vector; 0 where a step has one token.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Characters { get; init; }

    /// <summary>The network that reads the characters.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public CharacterEncoding Encoding { get; init; }

    /// <summary>
    /// The number of steps ahead for which the values are known: an example of T steps has T + Ahead values, of which the value t + k is
    /// known at the step t. Where one is not known, it is NaN.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Ahead { get; init; }

    /// <summary>Whether it is tokens.</summary>
    [JsonIgnore]
    public bool HasTokens => Tokens > 0;

    /// <summary>The number of values that an example holds for each of its steps.</summary>
    [JsonIgnore]
    public int Width => Characters > 0 ? Characters : HasTokens ? 1 : Size;

    /// <summary>The name and the sizes, for messages.</summary>
    public string Describe()
    {
        string content = Characters > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Characters} characters of {Tokens - 1} keys, vectors of size {Size}")
            : HasTokens
            ? string.Create(CultureInfo.InvariantCulture, $"{Tokens - 1} keys, vectors of size {Size}")
            : string.Create(CultureInfo.InvariantCulture, $"{Size} number{(Size == 1 ? "" : "s")}");
        string ahead = Ahead > 0 ? string.Create(CultureInfo.InvariantCulture, $", {Ahead} steps ahead") : "";
        return $"'{Name}' ({content}{(IsStatic ? ", static" : "")}{ahead})";
    }
}
