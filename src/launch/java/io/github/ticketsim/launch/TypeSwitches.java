package io.github.ticketsim.launch;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes of each switch over types a method that tests one type after the other. Java would make a
 * class of it when it first comes there, which takes milliseconds, and no AOT cache keeps that
 * class.
 *
 * @see java.lang.runtime.SwitchBootstraps#typeSwitch
 */
final class TypeSwitches {
  private static final ClassDesc BOOTSTRAPS = ClassDesc.of("java.lang.runtime.SwitchBootstraps");
  private static final String BOOTSTRAP = "typeSwitch";
  private static final int NULL = -1;

  private final ClassModel model;

  /** The switches so far; each becomes the method of its index. */
  private final List<TypeSwitch> found = new ArrayList<>();

  /**
   * A switch.
   *
   * @param type takes what to switch upon and the index of the first label to test; returns the
   *     index of the label that fits, their number if none does, or -1 for null
   */
  private record TypeSwitch(MethodTypeDesc type, List<ClassDesc> labels) {
    void writeTo(CodeBuilder code) {
      code.aload(0).ifThen(Opcode.IFNULL, none -> none.loadConstant(NULL).ireturn());
      for (var index = 0; index < labels.size(); index++) {
        var number = index;
        code.iload(1)
            .loadConstant(number)
            .ifThen(
                Opcode.IF_ICMPLE,
                due ->
                    due.aload(0)
                        .instanceOf(labels.get(number))
                        .ifThen(fits -> fits.loadConstant(number).ireturn()));
      }
      code.loadConstant(labels.size()).ireturn();
    }
  }

  private TypeSwitches(ClassModel model) {
    this.model = model;
  }

  /** Whether there is any to replace. */
  static boolean existIn(ClassModel model) {
    return model.methods().stream()
        .flatMap(method -> method.code().stream())
        .flatMap(code -> code.elementStream())
        .anyMatch(
            element -> element instanceof InvokeDynamicInstruction call && testsOnlyTypes(call));
  }

  /** Replaces all of the class. */
  static ClassTransform replacing(ClassModel model) {
    return ClassTransform.ofStateful(() -> new TypeSwitches(model).replacing());
  }

  private ClassTransform replacing() {
    return ClassTransform.transformingMethodBodies(
            (code, element) -> {
              if (element instanceof InvokeDynamicInstruction call && testsOnlyTypes(call)) {
                call(code, call);
              } else {
                code.with(element);
              }
            })
        .andThen(
            ClassTransform.endHandler(
                type -> {
                  for (var index = 0; index < found.size(); index++) {
                    var one = found.get(index);
                    type.withMethodBody(
                        name(index),
                        one.type(),
                        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                        one::writeTo);
                  }
                }));
  }

  private void call(CodeBuilder code, InvokeDynamicInstruction call) {
    var labels = call.bootstrapArgs().stream().map(ClassDesc.class::cast).toList();
    code.invokestatic(
        model.thisClass().asSymbol(),
        name(found.size()),
        call.typeSymbol(),
        model.flags().has(AccessFlag.INTERFACE));
    found.add(new TypeSwitch(call.typeSymbol(), labels));
  }

  private static String name(int index) {
    return "typeSwitch$" + index;
  }

  /**
   * Whether all labels are types. Java still makes the class of a switch that has constants among
   * its labels.
   */
  private static boolean testsOnlyTypes(InvokeDynamicInstruction call) {
    var bootstrap = call.bootstrapMethod();
    return bootstrap.owner().equals(BOOTSTRAPS)
        && bootstrap.methodName().equals(BOOTSTRAP)
        && call.bootstrapArgs().stream().allMatch(ClassDesc.class::isInstance);
  }
}
