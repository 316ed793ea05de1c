using System.Text.Json.Serialization;

namespace MlNetRecurrent.Data;

/// <summary>The content of a sequence column: F features per step, or one token per step.</summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Features">The number of features per step; 0 for tokens.</param>
/// <param name="Tokens">The number of tokens, including the unknown token; 0 for features.</param>
internal sealed record SequenceColumn(string Name, int Features, int Tokens)
{
    private const string FeatureRole = "Feature column";

    /// <summary>
    /// The <see cref="KeyMeaning"/> of the column in training. Null if the column has none, and in files of older versions.
    /// </summary>
    public string? KeyHash { get; init; }

    /// <summary>Whether a row has one value of it, which every step reads.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsStatic { get; init; }

    /// <summary>The number of keys of each step, which are the characters of a word; 0 where a step has one key.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Characters { get; init; }

    [JsonIgnore]
    public bool HoldsTokens => Tokens > 0;

    /// <summary>The name of the column in messages, with its role.</summary>
    [JsonIgnore]
    public string Title => $"{(IsStatic ? StaticColumn.Role : FeatureRole)} '{Name}'";

    /// <summary>Determines the content of a column from its type.</summary>
    /// <param name="column">The column.</param>
    /// <param name="numberOfFeatures">The number of features per step for a type that does not specify it, or 0.</param>
    /// <param name="role">The role of the column in messages.</param>
    /// <param name="takesCharacters">Whether a step may have several keys, its characters.</param>
    /// <exception cref="InvalidOperationException">The column cannot be read as sequences.</exception>
    public static SequenceColumn Of(
        DataViewSchema.Column column, int numberOfFeatures, string role = FeatureRole, bool takesCharacters = false)
    {
        if (column.Type is not VectorDataViewType vector || !IsSupportedItem(vector.ItemType, vector.ItemType is KeyDataViewType))
            throw Unsupported(column.Name, column.Type.ToString()!, role);
        int said = FeaturesOf(vector);
        if (vector.ItemType is KeyDataViewType key)
        {
            if (said > 1 && takesCharacters)
                return new(column.Name, 0, CountOf(column.Name, key, role)) { Characters = CheckCharacters(column, said, role) };
            if (said > 1 || numberOfFeatures > 1)
            {
                throw new InvalidOperationException(
                    $"{role} '{column.Name}' holds keys, of which a step has one, not {Math.Max(said, numberOfFeatures)}.");
            }
            return new(column.Name, 0, CountOf(column.Name, key, role));
        }
        if (said > 0 && numberOfFeatures > 0 && said != numberOfFeatures)
        {
            throw new InvalidOperationException(
                $"{role} '{column.Name}' is {column.Type}, which has {said} features a step, but " +
                $"{nameof(RecurrentOptions.NumberOfFeatures)} is {numberOfFeatures}.");
        }
        if (said == 0 && vector.Dimensions.Length > 1 && numberOfFeatures == 0)
        {
            throw new InvalidOperationException(
                $"{role} '{column.Name}' is {column.Type}, which does not say how many features a step has; " +
                $"set {nameof(RecurrentOptions.NumberOfFeatures)}.");
        }
        int features = said > 0 ? said : Math.Max(1, numberOfFeatures);
        if (vector.IsKnownSize && vector.Size % features != 0)
            throw WrongLength(column.Name, $"it is {column.Type}, a vector", vector.Size, features, role);
        return new(column.Name, features, 0);
    }

    /// <summary>The column as a field of an example.</summary>
    /// <param name="embeddingSize">The size of the vector of a token.</param>
    /// <param name="encoding">The network that reads characters.</param>
    public InputField ToField(int embeddingSize, CharacterEncoding encoding = CharacterEncoding.Convolution) =>
        new(Name, HoldsTokens ? embeddingSize : Features, Tokens, IsStatic)
        {
            Characters = Characters,
            Encoding = Characters > 0 ? encoding : CharacterEncoding.Convolution,
        };

    /// <summary>Checks a column that was read from a file.</summary>
    /// <exception cref="InvalidDataException">The column contradicts itself.</exception>
    public void Validate()
    {
        if (Name.Length == 0)
            throw new InvalidDataException("The model is damaged: its feature column has no name.");
        if (Features < 0 || Tokens < 0 || Features > 0 == Tokens > 0)
        {
            throw new InvalidDataException(
                $"The model is damaged: its feature column holds {Features} features a step and {Tokens} tokens.");
        }
        if (Characters < 0 || (Characters > 0 && (IsStatic || !HoldsTokens)))
            throw new InvalidDataException($"The model is damaged: its feature column holds {Characters} characters a step.");
        if (!KeyMeaning.IsHash(KeyHash))
            throw new InvalidDataException($"The model is damaged: the hash of its keys is '{KeyHash}'.");
    }

    /// <summary>Whether a vector with this item type can be read as a sequence.</summary>
    public static bool IsSupportedItem(DataViewType item, bool isKey) => isKey || item == NumberDataViewType.Single;

    public static InvalidOperationException Unsupported(string name, string type, string role = FeatureRole) => new(
        $"{role} '{name}' is {type}. A sequence is a vector of Single (numbers, step after step) or a vector of keys (tokens); " +
        "ConvertType makes numbers Single, MapValueToKey makes text keys.");

    public static InvalidOperationException WrongLength(
        string name, string where, int length, int features, string role = FeatureRole) => new(
        $"{role} '{name}': {where} of length {length}, which is not a whole number of steps of {features} features.");

    /// <summary>Checks that a column has the content that the network was trained on.</summary>
    /// <param name="column">The column.</param>
    /// <param name="where">The place of the column for messages, starting with a space.</param>
    /// <param name="trainedOn">The subject and verb of the sentence that states the expected content.</param>
    /// <exception cref="InvalidOperationException">The content differs.</exception>
    public void ThrowIfNot(DataViewSchema.Column column, string where = "", string trainedOn = "the model was trained on")
    {
        bool typeSaysIt = column.Type is VectorDataViewType vector && FeaturesOf(vector) > 0;
        SequenceColumn found = IsStatic
            ? StaticColumn.Of(column)
            : Of(column, typeSaysIt ? 0 : Features, takesCharacters: Characters > 0);
        if (found.Features != Features || found.HoldsTokens != HoldsTokens)
        {
            string unit = IsStatic ? Features == 1 ? "number" : "numbers" : "features a step";
            string expected = !HoldsTokens ? $"{Features} {unit}" : IsStatic ? "a key" : "keys";
            throw new InvalidOperationException($"{Title}{where} is {column.Type}; {trainedOn} {expected}.");
        }
        if (found.Characters != Characters)
        {
            throw new InvalidOperationException(
                $"{Title}{where} is {column.Type}; {trainedOn} {Characters} characters a step, where 0 is one key a step.");
        }
        if (found.Tokens != Tokens)
        {
            throw new InvalidOperationException(
                $"{Title}{where} has {found.Tokens - 1} keys; {trainedOn} {Tokens - 1}, so the keys mean something else.");
        }
        if (KeyMeaning.Differ(KeyHash, KeyMeaning.HashOf(column)))
            throw new InvalidOperationException(DescribeOtherKeys(column.Name, trainedOn, where));
    }

    /// <summary>The message about a column with the same number of keys but other values.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="trainedOn">What was trained on the original keys.</param>
    /// <param name="where">The place of the column, starting with a space.</param>
    public string DescribeOtherKeys(string name, string trainedOn, string where = "") => HoldsTokens
        ? KeyMeaning.Describe($"{(this with { Name = name }).Title}{where}", Tokens - 1, trainedOn)
        : KeyMeaning.DescribeNumbers($"{(this with { Name = name }).Title}{where}", trainedOn);

    /// <summary>The product of all dimensions except the first, or 0 if the type has only one.</summary>
    private static int FeaturesOf(VectorDataViewType vector)
    {
        if (vector.Dimensions.Length < 2)
            return 0;
        int product = 1;
        foreach (int dimension in vector.Dimensions.Skip(1))
            product = checked(product * dimension);
        return product;
    }

    private static int CheckCharacters(DataViewSchema.Column column, int characters, string role) =>
        characters <= InputField.MostCharacters
            ? characters
            : throw new InvalidOperationException(
                $"{role} '{column.Name}' is {column.Type}; a step has at most {InputField.MostCharacters} keys.");

    /// <summary>The number of tokens of a column of keys, the unknown one included.</summary>
    public static int CountOf(string name, KeyDataViewType key, string role)
    {
        const int most = 1 << 24;
        if (key.Count is 0 or > most)
        {
            throw new InvalidOperationException(
                $"{role} '{name}' has keys of {key.Count} values; a network can learn at most {most}. " +
                "Limit them, for example with MapValueToKey's maximumNumberOfKeys.");
        }
        return (int)key.Count + 1;
    }
}
