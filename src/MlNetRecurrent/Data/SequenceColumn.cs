using System.Text.Json.Serialization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRecurrent.Data;

/// <summary>What a column of sequences holds: F numbers a step, or one token a step.</summary>
/// <param name="Name">The column.</param>
/// <param name="Features">Numbers of a step; 0 where the steps are tokens.</param>
/// <param name="Tokens">Tokens, the unknown one included; 0 where the steps are numbers.</param>
internal sealed record SequenceColumn(string Name, int Features, int Tokens)
{
    private const string FeatureRole = "Feature column";

    /// <summary>What the keys of the column stood for in the training, as <see cref="KeyMeaning"/> has it; null where the column did not say it, and in files of older versions.</summary>
    public string? KeyHash { get; init; }

    [JsonIgnore]
    public bool HoldsTokens => Tokens > 0;

    /// <summary>Reads from the type of a column what it holds.</summary>
    /// <param name="column">The column.</param>
    /// <param name="numberOfFeatures">Features of a step where the type does not say it, or 0.</param>
    /// <param name="role">What the column is, for messages.</param>
    /// <exception cref="InvalidOperationException">The column cannot be read as sequences.</exception>
    public static SequenceColumn Of(DataViewSchema.Column column, int numberOfFeatures, string role = FeatureRole)
    {
        if (column.Type is not VectorDataViewType vector || !IsSupportedItem(vector.ItemType, vector.ItemType is KeyDataViewType))
            throw Unsupported(column.Name, column.Type.ToString()!, role);
        int said = FeaturesOf(vector);
        if (vector.ItemType is KeyDataViewType key)
        {
            if (said > 1 || numberOfFeatures > 1)
                throw new InvalidOperationException($"{role} '{column.Name}' holds keys, of which a step has one, not {Math.Max(said, numberOfFeatures)}.");
            return new(column.Name, 0, CountOf(column.Name, key, role));
        }
        if (said > 0 && numberOfFeatures > 0 && said != numberOfFeatures)
            throw new InvalidOperationException($"{role} '{column.Name}' is {column.Type}, which has {said} features a step, but {nameof(RecurrentOptions.NumberOfFeatures)} is {numberOfFeatures}.");
        if (said == 0 && vector.Dimensions.Length > 1 && numberOfFeatures == 0)
            throw new InvalidOperationException($"{role} '{column.Name}' is {column.Type}, which does not say how many features a step has; set {nameof(RecurrentOptions.NumberOfFeatures)}.");
        int features = said > 0 ? said : Math.Max(1, numberOfFeatures);
        if (vector.IsKnownSize && vector.Size % features != 0)
            throw WrongLength(column.Name, $"it is {column.Type}, a vector", vector.Size, features, role);
        return new(column.Name, features, 0);
    }

    /// <summary>Throws where the column, which may come from a damaged file, cannot be.</summary>
    /// <exception cref="InvalidDataException">It contradicts itself.</exception>
    public void Validate()
    {
        if (Name.Length == 0)
            throw new InvalidDataException("The model is damaged: its feature column has no name.");
        if (Features < 0 || Tokens < 0 || Features > 0 == Tokens > 0)
            throw new InvalidDataException($"The model is damaged: its feature column holds {Features} features a step and {Tokens} tokens.");
        if (!KeyMeaning.IsHash(KeyHash))
            throw new InvalidDataException($"The model is damaged: the hash of its keys is '{KeyHash}'.");
    }

    /// <summary>Whether a vector of such items can be read as a sequence.</summary>
    public static bool IsSupportedItem(DataViewType item, bool isKey) => isKey || item == NumberDataViewType.Single;

    public static InvalidOperationException Unsupported(string name, string type, string role = FeatureRole) => new(
        $"{role} '{name}' is {type}. A sequence is a vector of Single (numbers, step after step) or a vector of keys (tokens); " +
        "ConvertType makes numbers Single, MapValueToKey makes text keys.");

    public static InvalidOperationException WrongLength(string name, string where, int length, int features, string role = FeatureRole) => new(
        $"{role} '{name}': {where} of length {length}, which is not a whole number of steps of {features} features.");

    /// <summary>Throws where a column, met after the training, does not hold what the network was trained on.</summary>
    /// <param name="column">The column.</param>
    /// <param name="where">Where it is, after a blank.</param>
    /// <param name="trainedOn">Subject and verb of the sentence that tells what it should hold.</param>
    public void ThrowIfNot(DataViewSchema.Column column, string where = "", string trainedOn = "the model was trained on")
    {
        bool typeSaysIt = column.Type is VectorDataViewType vector && FeaturesOf(vector) > 0;
        SequenceColumn found = Of(column, typeSaysIt ? 0 : Features);
        if (found.Features != Features || found.HoldsTokens != HoldsTokens)
            throw new InvalidOperationException($"Feature column '{Name}'{where} is {column.Type}; {trainedOn} {(HoldsTokens ? "keys" : $"{Features} features a step")}.");
        if (found.Tokens != Tokens)
            throw new InvalidOperationException($"Feature column '{Name}'{where} has {found.Tokens - 1} keys; {trainedOn} {Tokens - 1}, so the keys mean something else.");
        if (KeyMeaning.Differ(KeyHash, KeyMeaning.HashOf(column)))
            throw new InvalidOperationException(DescribeOtherKeys(column.Name, trainedOn, where));
    }

    /// <summary>What to say where the keys of a column are as many as those of this one, but others.</summary>
    /// <param name="name">The column.</param>
    /// <param name="trainedOn">Who was trained on the keys of this one.</param>
    /// <param name="where">Where the column is, after a blank.</param>
    public string DescribeOtherKeys(string name, string trainedOn, string where = "") => HoldsTokens
        ? KeyMeaning.Describe($"Feature column '{name}'{where}", Tokens - 1, trainedOn)
        : KeyMeaning.DescribeNumbers($"Feature column '{name}'{where}", trainedOn);

    /// <summary>The product of all dimensions but the first, or 0 where the type does not say it.</summary>
    private static int FeaturesOf(VectorDataViewType vector)
    {
        if (vector.Dimensions.Length < 2)
            return 0;
        int product = 1;
        foreach (int dimension in vector.Dimensions.Skip(1))
            product = checked(product * dimension);
        return product;
    }

    private static int CountOf(string name, KeyDataViewType key, string role)
    {
        const int most = 1 << 24;
        if (key.Count is 0 or > most)
            throw new InvalidOperationException($"{role} '{name}' has keys of {key.Count} values; a network can learn at most {most}. Limit them, for example with MapValueToKey's maximumNumberOfKeys.");
        return (int)key.Count + 1;
    }
}
