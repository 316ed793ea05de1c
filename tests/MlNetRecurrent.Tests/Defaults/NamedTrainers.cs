using System.Reflection;
using Microsoft.ML;

namespace MlNetRecurrent.Tests.Defaults;

/// <summary>The trainers that the catalogs offer by name, called with some of their parameters.</summary>
internal static class NamedTrainers
{
    private static readonly Dictionary<string, (Type Extensions, Func<MLContext, object> Catalog, string Label)> _catalogs = new()
    {
        ["binary"] = (typeof(RecurrentBinaryCatalog), ml => ml.BinaryClassification.Trainers, "Answer"),
        ["multiclass"] = (typeof(RecurrentMulticlassCatalog), ml => ml.MulticlassClassification.Trainers, "Class"),
        ["regression"] = (typeof(RecurrentRegressionCatalog), ml => ml.Regression.Trainers, "Value"),
    };

    /// <summary>Each by its catalog and its name, but for the tagger, whose labels are vectors.</summary>
    public static IEnumerable<(string Catalog, string Name)> All =>
        from catalog in _catalogs
        from method in catalog.Value.Extensions.GetMethods(BindingFlags.Public | BindingFlags.Static)
        where method.ReturnType == typeof(RecurrentTrainer) && method.Name != nameof(RecurrentMulticlassCatalog.SequenceTagger)
            && method.GetParameters().Any(parameter => parameter.Name == "labelColumnName")
        select (catalog.Key, method.Name);

    public static bool Has(string catalog, string name, string parameter) =>
        Method(catalog, name).GetParameters().Any(one => one.Name == parameter);

    /// <summary>Makes a trainer of small layers; other parameters have their defaults.</summary>
    public static RecurrentTrainer Make(MLContext ml, string catalog, string name, params (string Name, object Value)[] arguments)
    {
        (string, object)[] small =
        [
            ("labelColumnName", _catalogs[catalog].Label), ("hiddenSize", 3), ("layers", new RecurrentLayer[] { new GruLayer(3) }),
            ("numberOfLevels", 0), ("numberOfStacks", 1), ("numberOfEpochs", 1),
        ];
        Dictionary<string, object> given = small.Concat(arguments).GroupBy(one => one.Item1)
            .ToDictionary(group => group.Key, group => group.Last().Item2);
        MethodInfo method = Method(catalog, name);
        object?[] values =
        [
            _catalogs[catalog].Catalog(ml),
            .. method.GetParameters().Skip(1).Select(one => given.GetValueOrDefault(one.Name!) ?? one.DefaultValue),
        ];
        return (RecurrentTrainer)method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, values, null)!;
    }

    private static MethodInfo Method(string catalog, string name) => _catalogs[catalog].Extensions.GetMethod(name)!;
}
